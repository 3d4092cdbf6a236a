"""The platform's addresses and the view that pages are compared with."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from ksbb.bench.pages import BASELINE
from ksbb.urls import urlpatterns as platform


@login_not_required
def one_line(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path(BASELINE.lstrip("/"), one_line), *platform]

"""Pages of text: how it works, personal data, accessibility, and the guide for RW."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from regions.public_version import FORUM, public_page_besides


@login_not_required
@public_page_besides(FORUM)
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "texts/about.html")


@login_not_required
@public_page_besides(FORUM)
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "texts/privacy.html", {"list_months": settings.KSBB_LIST_MONTHS})


@login_not_required
@public_page_besides(FORUM)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "texts/accessibility.html")


@login_not_required
@public_page_besides(FORUM)
def rw_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "texts/rw_guide.html")

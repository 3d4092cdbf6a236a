"""The sheet of components."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ksbb.komponen.specimens import Sheet, specimens


@login_not_required
def komponen(request: HttpRequest) -> HttpResponse:
    """Every component with invented values; `?salah` shows the form with its errors."""
    if not settings.DEBUG:
        raise Http404
    data = {"phone": "0812", "quantity": "5.000"} if "salah" in request.GET else None
    return render(
        request, "komponen.html", {**specimens(), "form": Sheet(data), "wrong": Sheet({"quantity": "5000"})}
    )


@login_not_required
def komponen_flow(request: HttpRequest) -> HttpResponse:
    """One page of a form that asks one thing at a time."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "komponen_flow.html", {**specimens(), "form": Sheet(initial={"quantity": 100})})

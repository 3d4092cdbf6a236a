"""Many at once: serial numbers as a sheet, and labels as PDF."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.actions import may
from accounts.http import MemberRequest, performing
from accounts.typesetting import NotSet
from donations.assets import actions
from donations.assets.forms.lists import LabelForm, SheetForm
from donations.assets.labels import MOST_LABELS, set_labels
from donations.assets.models import Asset
from donations.assets.sheet import Faulty
from donations.assets.states import ASSET, AssetState
from donations.assets.views.lists import line_of, visible_to


@require_http_methods(["GET", "POST"])
def asset_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the serial numbers of a line's assets down, all or none; what is wrong is said row by row."""
    line, assets = line_of(request, pk)
    if not may(request.user, ASSET["describe"], assets[0]):
        raise PermissionDenied
    posted = request.method == "POST"
    form = SheetForm(request.POST if posted else None, request.FILES if posted else None)
    status = 200
    if posted:
        status = 422
        if form.is_valid():
            try:
                with performing(request, form) as attempt:
                    done = actions.describe_sheet(assets=assets, rows=form.rows, by=request.user)
                status = attempt.status
            except Faulty as error:
                form.refuse(error)
            if status == 200:
                messages.success(request, _("%(n)s nomor seri tersimpan.") % {"n": len(done)})
                return redirect("asset_group", line.handover_id)
    without = [one for one in assets if one.state == AssetState.KEPT and not one.serial and not one.is_lot]
    context = {"line": line, "first": assets[0], "assets": assets, "without": without, "form": form}
    return render(request, "assets/sheet.html", context, status=status)


@require_GET
def asset_labels(request: MemberRequest) -> HttpResponse:
    """Where on the sheet printing begins. `?bast=` a report's, `?aset=` one asset's, each by its primary key."""
    found = _asked(request)
    return render(request, "assets/labels.html", {
        "form": LabelForm(), "assets": found, "first": found[0], "asked": _key(request),
    })  # fmt: skip


@never_cache
@require_safe
def asset_labels_file(request: MemberRequest) -> HttpResponse:
    """The labels as PDF."""
    found = _asked(request)
    form = LabelForm({"mulai": "1", "ukuran": "a4", **request.GET.dict()})
    if not form.is_valid():
        context = {"form": form, "assets": found, "first": found[0], "asked": _key(request)}
        return render(request, "assets/labels.html", context, status=422)
    single = form.cleaned_data["ukuran"] == "satu"
    base_url = request.build_absolute_uri("/").rstrip("/")
    try:
        content = set_labels(found, base_url=base_url, start=form.cleaned_data["mulai"], single=single)
    except NotSet:
        context = {
            "status": 503,
            "heading": _("Labelnya belum dapat dibuat"),
            "text": _("Coba lagi sebentar lagi."),
        }
        return render(request, "error.html", context, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="label-aset.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _key(request: MemberRequest) -> tuple[str, int]:
    for name in ("bast", "aset"):
        text = request.GET.get(name, "")
        if text.isascii() and text.isdecimal() and len(text) < 16:
            return name, int(text)
    raise Http404


def _asked(request: MemberRequest) -> list[Asset]:
    name, key = _key(request)
    wanted = {"handover_line__handover": key} if name == "bast" else {"pk": key}
    found = list(visible_to(request).listed().filter(**wanted).for_rows().order_by("pk")[:MOST_LABELS])
    if not found:
        raise Http404
    return found

"""Lists of assets: those in reach, and those of one report with what is done to many at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import may
from accounts.http import MemberRequest, performing
from accounts.roles import Permission
from accounts.scope import Scope
from donations.assets import actions, queries
from donations.assets.forms.lists import AssetFilters
from donations.assets.models import Asset, AssetQuerySet
from donations.assets.states import ASSET
from donations.handovers.models import HandoverLine
from regions.notation import number, rupiah_short

PAGE = 25


@require_GET
def assets(request: MemberRequest) -> HttpResponse:
    """Assets in reach: search, narrow down, order."""
    visible = visible_to(request)
    filters = AssetFilters(request.GET, user=request.user)
    rows = filters.narrow(visible)
    page = Paginator(filters.ordered(rows.for_rows()), PAGE).get_page(request.GET.get("hal"))
    told = queries.sums(visible)
    context = {
        "filters": filters,
        "page": page,
        "waiting": queries.waiting_for(request.user),
        "figures": [
            {"value": number(told.count), "label": _("barang tercatat"),
             "note": _("senilai %(value)s") % {"value": rupiah_short(told.value)}},
            {"value": number(told.due), "label": _("sudah waktunya diperiksa"), "href": "?periksa=waktunya"},
            {"value": number(told.overdue), "label": _("terlambat diperiksa"), "less": told.overdue > 0,
             "href": "?periksa=terlambat"},
            {"value": number(told.undescribed), "label": _("belum dilengkapi"), "href": "?status=baru"},
        ],
    }  # fmt: skip
    return render(request, "assets/list.html", context)


@require_http_methods(["GET", "POST"])
def asset_group(request: MemberRequest, pk: int) -> HttpResponse:
    """The assets of one report (its primary key); those that are ticked were looked at and are good."""
    rows = (
        visible_to(request)
        .filter(handover_line__handover=pk)
        .for_rows()
        .order_by("handover_line", "register")
    )
    found = list(rows)
    first = found[0] if found else get_object_or_404(rows)
    status = 200
    may_check = may(request.user, ASSET["check"], first)
    if request.method == "POST":
        wanted = {
            int(key) for key in request.POST.getlist("aset")[:1000] if key.isdecimal() and len(key) < 16
        }
        chosen = [one for one in found if one.pk in wanted and one.state in ASSET["check"].sources]
        with performing(request) as attempt:
            done = actions.check_together(assets=chosen, by=request.user)
        if attempt.done:
            _say(request, done)
            return redirect("asset_group", pk)
        status = attempt.status
    lines = {one.handover_line_id: one.handover_line for one in found}
    context = {
        "handover": first.handover_line.handover,
        "place": first.recipient_name,
        "groups": [
            (line, [one for one in found if one.handover_line_id == key]) for key, line in lines.items()
        ],
        "may_check": may_check,
        "may_describe": may(request.user, ASSET["describe"], first),
    }
    return render(request, "assets/group.html", context, status=status)


def visible_to(request: MemberRequest) -> AssetQuerySet:
    """Assets in reach; who may see none anywhere gets 403."""
    if not Scope.of(request.user).may(Permission.ASSET_SEE):
        raise PermissionDenied
    return Asset.objects.visible_to(request.user)


def line_of(request: MemberRequest, pk: int) -> tuple[HandoverLine, list[Asset]]:
    """A report's line (its primary key) and its assets in reach; 404 where there are none."""
    found = list(visible_to(request).filter(handover_line=pk).for_rows().order_by("register"))
    if not found:
        get_object_or_404(visible_to(request), handover_line=pk)
    return found[0].handover_line, found


def _say(request: MemberRequest, done: int) -> None:
    if done:
        told = ngettext("%(n)s barang dicatat baik.", "%(n)s barang dicatat baik.", done) % {"n": done}
        messages.success(request, told)
    else:
        messages.warning(request, _("Tandai dulu barang yang sudah Anda lihat."))

"""Pages and answers that the views of the pledge flow share."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import clock
from accounts.errors import NotNow
from accounts.models import User
from donations.pledges.forms.flow import QUICK, SURE, QuantityForm
from donations.pledges.models import Aimed, PledgeDraft, PledgeDraftLine
from donations.pledges.queries import alternatives, draft_rows
from donations.pledges.views.walk import Elsewhere, find_draft, frame, quantity_url
from donations.pledges.wording import sum_of
from programs.models import AidType, Need
from programs.states import NeedState
from programs.wording import need_row, place_line
from programs.wording import quantity_in_unit as amount
from regions.amounts import MOST, NotAnAmount, parse_amount
from regions.notation import number

CHOICES = (25, 50, 100, 250, 500)


def of_draft(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page that is never kept in a cache and leads elsewhere when the draft is not to be shown."""

    @login_not_required
    @never_cache
    @wraps(page)
    def view(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
        try:
            return page(request, find_draft(request, key), **kwargs)
        except Elsewhere as elsewhere:
            return elsewhere.response
        except NotNow:
            # It was sent from another tab in this moment: on to the pledge that it became.
            return redirect("pledge_thanks", pk=draft_rows().get(key=key).pledge_id)

    return view


def quantity_page(
    request: HttpRequest,
    form: QuantityForm,
    *,
    need: Need | None,
    draft: PledgeDraft | None = None,
    line: Aimed | None = None,
    current: PledgeDraft | None = None,
    status: int = 200,
) -> HttpResponse:
    """The question for the quantity with its sum; above what is missing, with the nearest other needs."""
    aid_type = form.aid_type
    one = line or draft
    unit_value = one.unit_value if one else need.unit_value if need else aid_type.guide_value
    typed = form.typed
    context: dict[str, Any] = {
        **frame(request, "jumlah", draft),
        "form": form,
        "need": need,
        "one": one,
        "line": line if isinstance(line, PledgeDraftLine) else None,
        "join": current,
        "place": place_line(need.region) if need else "",
        "aid_type": aid_type,
        "quick_name": QUICK,
        "quick": quick_choices(need),
        "sum": sum_of(typed, aid_type, unit_value, need) if typed else None,
        "elsewhere": others(need, typed) if need and form.too_many else [],
        "typed": typed,
        "rest": typed - need.missing if need and typed and typed > need.missing else 0,
        **asked_again(form.doubted, aid_type),
    }
    if need is not None:
        context.setdefault("back_url", reverse("need", args=[need.pk]))
        context.setdefault("back_label", _("Kembali ke kebutuhan"))
    return render(request, "pledges/quantity.html", context, status=status)


def asked_again(doubted: int | None, aid_type: AidType | None) -> dict[str, Any]:
    """The button by which one stands by a number that was asked about."""
    if not doubted or aid_type is None:
        return {}
    return {"sure_name": SURE, "sure_value": doubted, "sure_text": amount(aid_type, doubted)}


def quick_choices(need: Need | None) -> list[dict[str, Any]]:
    """Amounts for one touch: round ones below what is missing, and all of it."""
    if need is None:
        return [{"value": value, "label": number(value)} for value in CHOICES]
    if need.missing <= 0:
        return []
    rounds = [value for value in CHOICES if value < need.missing][:3]
    everything = {"value": need.missing, "label": _("semua, %(all)s") % {"all": number(need.missing)}}
    return [*({"value": value, "label": number(value)} for value in rounds), everything]


def not_open(
    request: HttpRequest,
    need: Need,
    quantity: int | None,
    *,
    draft: PledgeDraft | None = None,
    line: Aimed | None = None,
    status: int = 422,
) -> HttpResponse:
    """The need cannot take this now: how much it still can, and where else the quantity is missing."""
    open_in_part = need.is_open
    if open_in_part:
        title = _("Kebutuhan ini tinggal kurang %(missing)s.") % {
            "missing": amount(need.aid_type, need.missing)
        }
    elif need.state != NeedState.PUBLISHED:
        title = _("Kebutuhan ini sedang tidak menerima ikrar.")
    elif need.deadline < clock.today():
        title = _("Batas waktu kebutuhan ini sudah lewat.")
    elif draft is not None:
        title = _("Kebutuhan ini baru saja penuh.")
    else:
        title = _("Kebutuhan ini sudah penuh.")
    context = {
        "need": need,
        "draft": draft,
        "title": title,
        "quantity": quantity,
        "quantity_text": amount(need.aid_type, quantity) if quantity else "",
        "missing_text": amount(need.aid_type, need.missing),
        "take_rest": quantity_url(draft, line or draft) if open_in_part and draft is not None else "",
        "line": line if isinstance(line, PledgeDraftLine) else None,
        "elsewhere": others(need, quantity),
    }
    return render(request, "pledges/full.html", context, status=status)


def others(need: Need, quantity: int | None) -> list[dict[str, Any]]:
    """The needs to offer instead, as rows: `need`, whether it `takes_all`, and what a need's row shows."""
    found = alternatives(need, quantity or 1)
    return [{"need": one, "takes_all": one.takes_all, **need_row(one)} for one in found]  # type: ignore[attr-defined]


def quantity_in(request: HttpRequest) -> int | None:
    """The quantity that an address or a form carries along, if it is one."""
    raw = request.POST.get("jumlah") or request.GET.get("jumlah") or ""
    try:
        value = parse_amount(raw)
    except NotAnAmount:
        return None
    return value if value <= MOST else None


def person(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None

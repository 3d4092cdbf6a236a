"""Where a pledge begins: at a need, or as a wish for a region."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import clock
from accounts.attempts import address_of, opens_again, seconds_to_wait, spend
from accounts.models import User
from donations.pledges.actions.drafts import begin
from donations.pledges.forms.flow import QUICK, QuantityForm, WishForm
from donations.pledges.models import PledgeDraft
from donations.pledges.queries import alternatives, wish_aid_types
from donations.pledges.views.walk import frame, next_url, step_url
from donations.pledges.wording import sum_of
from programs.models import AidType, Need
from programs.states import NeedState
from programs.wording import need_row, place_line
from programs.wording import quantity_in_unit as amount
from regions.amounts import MOST, NotAnAmount, parse_amount
from regions.notation import number, when

# New drafts in 15 minutes; an office or a kelurahan shares one address.
DRAFTS_OF_PERSON, DRAFTS_OF_ADDRESS = 40, 80
CHOICES = (25, 50, 100, 250, 500)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_start(request: HttpRequest, pk: int) -> HttpResponse:
    """The first question, before anything is kept: how much for this need?"""
    need = get_object_or_404(Need.objects.public().for_rows(), pk=pk)
    if not need.is_open:
        return not_open(request, need, quantity_in(request), status=422 if request.method == "POST" else 200)
    if request.method != "POST":
        first = quantity_in(request)
        form = QuantityForm(
            aid_type=need.aid_type, need=need, initial={"jumlah": request.GET.get("jumlah") or first}
        )
        return quantity_page(request, form, need=need)
    form = QuantityForm(request.POST, aid_type=need.aid_type, need=need)
    if not form.is_valid():
        return quantity_page(request, form, need=need, status=422)
    if not may_begin(request):
        form.add_error("jumlah", too_often(request))
        return wait(quantity_page(request, form, need=need, status=429))
    draft = begin(by=person(request), need=need, quantity=form.cleaned_data["jumlah"])
    return redirect(step_url(draft, "jumlah") if form.quick else next_url(request, draft))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """A promise without a need: what, how much, and where it may be placed."""
    asked = {key: request.GET[key] for key in ("bantuan", "wilayah", "jumlah") if request.GET.get(key)}
    form = WishForm(request.POST if request.method == "POST" else None, initial=asked)
    sent = request.method == "POST" and form.is_valid()
    if sent and not may_begin(request):
        form.add_error("jumlah", too_often(request))
        context = {**frame(request, "jumlah"), "form": form, "step_label": _("bantuan dan tempat")}
        return wait(render(request, "pledges/wish.html", context, status=429))
    if sent:
        data = form.cleaned_data
        draft = begin(
            by=person(request),
            aid_type=form.aid_types[data["bantuan"]],
            region=form.places[data["wilayah"]],
            quantity=data["jumlah"],
        )
        return redirect(next_url(request, draft))
    context = {**frame(request, "jumlah"), "form": form, "step_label": _("bantuan dan tempat")}
    return render(request, "pledges/wish.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_GET
def pledge_sum(request: HttpRequest) -> JsonResponse:
    """The sum of a quantity, for the page to show while one types; `{}` where there is no number."""
    need = None
    aid_type: AidType | None
    if request.GET.get("kebutuhan", "").isdecimal():
        need = get_object_or_404(Need.objects.public().for_rows(), pk=int(request.GET["kebutuhan"][:18]))
        aid_type, unit_value = need.aid_type, need.unit_value
    else:
        known = {str(one.pk): one for one in wish_aid_types()}
        aid_type = known.get(request.GET.get("bantuan", ""))
        if aid_type is None:
            raise Http404
        unit_value = aid_type.guide_value
    try:
        quantity = parse_amount(request.GET.get("jumlah", ""))
    except NotAnAmount:
        return JsonResponse({})
    if quantity > MOST:
        return JsonResponse({})
    said = sum_of(quantity, aid_type, unit_value, need)
    return JsonResponse({"line": said.line, "total": said.total, "words": said.words, "note": said.note})


def quantity_page(
    request: HttpRequest,
    form: QuantityForm,
    *,
    need: Need | None,
    draft: PledgeDraft | None = None,
    status: int = 200,
) -> HttpResponse:
    """The question for the quantity with its sum; above what is missing, with the nearest other needs."""
    aid_type = form.aid_type
    unit_value = draft.unit_value if draft else need.unit_value if need else aid_type.guide_value
    typed = form.typed
    context: dict[str, Any] = {
        **frame(request, "jumlah", draft),
        "form": form,
        "need": need,
        "place": place_line(need.region) if need else "",
        "aid_type": aid_type,
        "quick_name": QUICK,
        "quick": quick_choices(need),
        "sum": sum_of(typed, aid_type, unit_value, need) if typed else None,
        "elsewhere": others(need, typed) if need and form.too_many else [],
        "typed": typed,
        "rest": typed - need.missing if need and typed and typed > need.missing else 0,
    }
    if need is not None:
        context.setdefault("back_url", reverse("need", args=[need.pk]))
        context.setdefault("back_label", _("Kembali ke kebutuhan"))
    return render(request, "pledges/quantity.html", context, status=status)


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
        "take_rest": open_in_part and draft is not None,
        "elsewhere": others(need, quantity),
    }
    return render(request, "pledges/full.html", context, status=status)


def others(need: Need, quantity: int | None) -> list[dict[str, Any]]:
    """The needs to offer instead, as rows: `need`, whether it `takes_all`, and what a need's row shows."""
    found = alternatives(need, quantity or 1)
    return [{"need": one, "takes_all": one.takes_all, **need_row(one)} for one in found]  # type: ignore[attr-defined]


def may_begin(request: HttpRequest) -> bool:
    """Whether another draft may be begun: a person is counted by account, visitors by the address they share."""
    if request.user.is_authenticated:
        return spend("draft-person", str(request.user.pk), limit=DRAFTS_OF_PERSON)
    return spend("draft-address", address_of(request), limit=DRAFTS_OF_ADDRESS)


def too_often(request: HttpRequest) -> str:
    words = (
        _("Terlalu banyak ikrar baru dari akun ini. Coba lagi sesudah pukul %(time)s WIB.")
        if request.user.is_authenticated
        else _(
            "Terlalu banyak ikrar baru dari jaringan ini. Coba lagi sesudah pukul %(time)s WIB, atau masuk dulu."
        )
    )
    return words % {"time": when(timezone.localtime(opens_again()), "clock")}


def wait(response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = seconds_to_wait()
    return response


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

"""Where a pledge begins: at a need, or as a wish for a region."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.attempts import address_of, opens_again, seconds_to_wait, spend
from donations.pledges.forms.aims import AimForm, OfferForm, WishForm
from donations.pledges.forms.flow import QuantityForm
from donations.pledges.queries import needs_at, wish_aid_types
from donations.pledges.views.basket import current_draft, keep, quantity_kept
from donations.pledges.views.pages import asked_again, not_open, quantity_in, quantity_page
from donations.pledges.views.walk import frame, next_url, step_url
from donations.pledges.wording import sum_of
from programs.models import AidType, Need
from programs.wording import need_row
from regions.amounts import MOST, NotAnAmount, parse_amount
from regions.notation import when

# New drafts in 15 minutes; an office or a kelurahan shares one address.
DRAFTS_OF_PERSON, DRAFTS_OF_ADDRESS = 40, 80


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_start(request: HttpRequest, pk: int) -> HttpResponse:
    """The first question, before anything is kept: how much for this need?"""
    need = get_object_or_404(Need.objects.public().for_rows(), pk=pk)
    if not need.is_open:
        return not_open(request, need, quantity_in(request), status=422 if request.method == "POST" else 200)
    current = current_draft(request)
    if request.method != "POST":
        first = request.GET.get("jumlah") or quantity_in(request) or quantity_kept(current, need)
        form = QuantityForm(aid_type=need.aid_type, need=need, initial={"jumlah": first})
        return quantity_page(request, form, need=need, current=current)
    form = QuantityForm(request.POST, aid_type=need.aid_type, need=need)
    if not form.is_valid():
        return quantity_page(request, form, need=need, current=current, status=422)
    if not may_begin(request):
        form.add_error("jumlah", too_often(request))
        return wait(quantity_page(request, form, need=need, current=current, status=429))
    draft = keep(request, need=need, quantity=form.cleaned_data["jumlah"])
    return redirect(step_url(draft, "jumlah") if form.quick else next_url(request, draft))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """A promise without a need: what, in which region it may be placed, and how much."""
    return _aimed(request, WishForm, "pledges/wish.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """A promise to one place of one's own choosing that has no published need."""
    return _aimed(request, OfferForm, "pledges/offer.html")


def _aimed(request: HttpRequest, kind: type[AimForm], template: str) -> HttpResponse:
    sent = request.method == "POST"
    form = kind(request.POST if sent else request.GET)
    complete = form.is_valid() and sent
    similar = _similar(request, form) if complete else []
    if complete and not similar:
        if may_begin(request):
            return redirect(next_url(request, keep(request, **form.aim())))
        form.add_error("jumlah", too_often(request))
    context = _question(request, form)
    if complete and not similar:
        return wait(render(request, template, context, status=429))
    return render(request, template, {**context, "similar": similar}, status=422 if form.errors else 200)


def _question(request: HttpRequest, form: AimForm) -> dict[str, Any]:
    """One question of what is promised without a need; the answers so far stand in the address."""
    number = form.ask(sent=request.method == "POST", again=request.GET.get("ubah", ""))
    is_last = number == len(form.questions) - 1
    context = {
        **frame(request, "jumlah", is_aimed=True),
        "form": form,
        "asked": form.asked(number),
        "carried": form.carried(number),
        "said": form.said() if number else [],
        "step_number": number + 1,
        "by_address": not is_last,
    }
    if number:
        answers = {field.name: field.value() for field in [*form.carried(number), *form.asked(number)]}
        before = form.questions[number - 1][0]
        known = {name: value for name, value in answers.items() if value}
        context["back_url"] = f"?{urlencode({**known, 'ubah': before})}"
        context["back_label"] = _("Kembali ke pertanyaan sebelumnya")
    if is_last:
        return {**context, "join": current_draft(request), **asked_again(form.doubted, form.aid_type)}
    label = _("bantuan") if "bantuan" in form.questions[number] else _("tempat")
    return {**context, "step_label": label, "submit_label": _("Lanjut")}


def _similar(request: HttpRequest, form: AimForm) -> list[dict[str, Any]]:
    """Open needs for the same at the place that is offered to, unless its giver has seen them already."""
    if not isinstance(form, OfferForm) or request.POST.get("tetap"):
        return []
    assert form.aid_type is not None
    assert form.found is not None
    return [need_row(need) for need in needs_at(form.found, form.aid_type)]


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

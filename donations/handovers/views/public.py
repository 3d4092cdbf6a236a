"""What everybody may see of a report: counts, places, roles and organisations that agreed to be named."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from donations.deliveries.wording import amounts, told_publicly
from donations.handovers import contents, queries
from donations.handovers.beside import shown_beside
from donations.handovers.forms import LookupForm
from donations.handovers.models import Handover, HandoverPhoto
from donations.handovers.naming import naming_of
from donations.handovers.said import said
from donations.handovers.states import HandoverState
from donations.handovers.views.files import photo_response
from programs.models import AidKind
from regions.notation import when, words
from regions.public_version import FORUM, public_page_besides
from regions.queries import ancestors

WEEK = 60 * 60 * 24 * 7


@login_not_required
@require_safe
@public_page_besides(FORUM)
def bast(request: HttpRequest, code: str) -> HttpResponse:
    """The public page of a report, by its code. Small letters and dashes lead to the one address."""
    kept = queries.code_of(code)
    if kept != code:
        return redirect("bast", get_object_or_404(Handover.objects.public(), code=kept).code)
    handover = get_object_or_404(queries.with_place(Handover.objects.public()), code=code)
    return render(request, "handovers/bast.html", _context(request, handover))


@login_not_required
@require_safe
def bast_photo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A photo of a version that was handed in; one that is being added to a correction is not public yet."""
    photo = get_object_or_404(
        HandoverPhoto.objects.select_related("handover"),
        pk=pk,
        handover__in=Handover.objects.public().filter(code=code).order_by(),
    )
    told = photo.handover.moves.filter(verb="submit").order_by("-pk").first()
    if told is None or photo.sha256 not in told.data["photos"]:
        raise Http404
    return photo_response(photo, f"public, max-age={WEEK}")


@login_not_required
@require_safe
@public_page_besides(FORUM)
def bast_lookup(request: HttpRequest) -> HttpResponse:
    """Find a report by the code or the number on its paper."""
    form = LookupForm(request.GET)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = queries.look_up(text) if text else None
    if found is not None:
        return redirect(found)
    missed = "q" in request.GET
    return render(
        request,
        "handovers/lookup.html",
        {"text": request.GET.get("q", "")[:100], "missed": missed},
        status=404 if missed else 200,
    )


def _context(request: HttpRequest, handover: Handover) -> dict[str, Any]:
    delivery = handover.delivery
    lines = queries.lines_of(handover)
    moves = list(handover.moves.select_related("organisation", "region", "site").order_by("at", "pk"))
    version = queries.versions(handover, moves, lines)[-1]
    photos, records = list(handover.photos.all()), list(handover.records.order_by("version"))
    counted = [line for line in version.lines if line.counted] or list(version.lines)
    aid_types = {line.line.delivery_line.allocation.commitment.aid_type for line in counted}
    above = ancestors(delivery.region)
    named = _may_be_named(delivery.executor, lines)
    way = list(delivery.moves.filter(verb__in=("dispatch",)).select_related("organisation", "region", "site"))
    return {
        "handover": handover,
        "delivery": delivery,
        "version": version,
        "lines": counted,
        "say": naming_of(aid_type.kind for aid_type in aid_types),
        "good": amounts(
            (line.line.delivery_line.allocation.commitment.aid_type, line.good) for line in counted
        ),
        "good_in_words": words(version.good, next(iter(aid_types)).unit_name)
        if len(aid_types) == 1 and next(iter(aid_types)).kind != AidKind.MONEY
        else "",
        "short": amounts(
            (line.line.delivery_line.allocation.commitment.aid_type, line.damaged + line.missing)
            for line in counted
        ),
        "above": above,
        "where": ", ".join(region.official_name for region in reversed(above[1:])),
        "seal": _seal(handover, moves),
        "first_party": _first_party(delivery.executor, lines, named),
        "second_party": _("Pengurus %(recipient)s") % {"recipient": delivery.recipient_name},
        "has_witness": bool(handover.witness_name),
        "needs": sorted(
            {line.line.delivery_line.allocation.need for line in counted}, key=lambda need: need.pk
        ),
        "photos": [photo for photo in photos if photo.sha256 in version.photo_hashes],
        "others": list(
            Handover.objects.public()
            .filter(delivery=delivery)
            .exclude(pk=handover.pk)
            .exclude(state=HandoverState.DISCARDED)
            .order_by("submitted_at")
        ),
        "moves": told_publicly(
            [*reversed([move for move in moves if move.verb in queries.PUBLIC_VERBS]), *reversed(way)],
            unnamed=set() if named else {delivery.executor_id},
        ),
        "record": records[-1] if records else None,
        "said": said(records[-1] if records else None),
        "is_changed": bool(contents.differences(handover, lines, photos, records, moves)),
        "url": request.build_absolute_uri(handover.get_absolute_url()),
        **shown_beside(handover),
    }


def _seal(handover: Handover, moves: list[Any]) -> dict[str, Any]:
    """Whether it was checked, by which office and when; never by whom."""
    last = next(move for move in reversed(moves) if move.verb in queries.PUBLIC_VERBS)
    moment = when(last.at)
    office = last.region.official_name if last.region else ""
    state = HandoverState(handover.state)
    if state is HandoverState.VERIFIED:
        checked = (
            _("Diperiksa asesor %(office)s pada %(moment)s.") % {"office": office, "moment": moment}
            if office
            else _("Diperiksa asesor pada %(moment)s.") % {"moment": moment}
        )
        text = " ".join([checked, _("Pemeriksa bukan pelapor.")])
        return {"verified": True, "title": _("Terverifikasi"), "text": text}
    titles = {
        HandoverState.SUBMITTED: (
            _("Menunggu verifikasi"),
            _("Dilaporkan penerima; belum diperiksa asesor. Jumlahnya sudah dihitung sebagai diterima."),
        ),
        HandoverState.RETURNED: (
            _("Sedang diperbaiki"),
            _("Dikembalikan kepada pelapor pada %(moment)s. Yang di bawah ini isi sebelum diperbaiki dan "
              "sekarang tidak dihitung.") % {"moment": moment},
        ),
        HandoverState.DISPUTED: (
            _("Disengketakan"),
            _("Isinya dipertanyakan pada %(moment)s dan sedang diperiksa. Belum dapat diverifikasi.")
            % {"moment": moment},
        ),
        HandoverState.DISCARDED: (
            _("Ditarik"),
            _("Ditarik pelapor pada %(moment)s. Isinya tidak dihitung.") % {"moment": moment},
        ),
    }  # fmt: skip
    title, text = titles[state]
    return {"verified": False, "title": title, "text": text}


def _first_party(executor: Organisation, lines: list[Any], named: bool) -> str:
    """The deliverer and as what."""
    name = executor.name if named else _("Tidak ingin disebut")
    return _("%(name)s, %(roles)s") % {"name": name, "roles": queries.roles_of(executor, lines)}


def _may_be_named(executor: Organisation, lines: list[Any]) -> bool:
    """One who brings its own gift is named as the pledge says; one who only delivers, as it agreed once."""
    if queries.gives_itself(executor, lines):
        return all(line.delivery_line.allocation.commitment.pledge.may_be_named for line in lines)
    return executor.may_be_named

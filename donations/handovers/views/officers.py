"""A report as those in reach see it, and what officers do with it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import may
from accounts.errors import NotNow, Refused
from accounts.http import MemberRequest, performing
from accounts.models import Move
from accounts.verbs import Verb
from donations.deliveries.forms import ReasonForm
from donations.deliveries.wording import amounts, told
from donations.handovers import actions, contents, examining, queries
from donations.handovers.beside import check_verifying, shown_beside, why_not
from donations.handovers.checking_forms import MendForm
from donations.handovers.comparing import compared
from donations.handovers.forms import VerifyForm
from donations.handovers.mending import steps_to_mend
from donations.handovers.models import Handover, HandoverPhoto
from donations.handovers.places import area_of
from donations.handovers.states import HANDOVER, IN_FORCE, MADE_BY, HandoverState
from donations.handovers.views.files import photo_response
from donations.handovers.views.steps.frame import steps_of

VERBS = ("verify", "send_back", "dispute", "settle", "discard")
# After these the report waits no more, and the next one can be looked at.
DONE_WITH = ("verify", "send_back", "dispute")
MONTH = 60 * 60 * 24 * 30


@require_GET
def handover_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The report; with `?versi=1` that version beside the one that followed it."""
    handover = _readable(request, pk)
    wanted = request.GET.get("versi", "")
    if wanted:
        return _version(request, handover, wanted)
    return render(request, "handovers/detail.html", _context(request, handover))


@require_http_methods(["GET", "POST"])
def handover_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of an officer, or withdrawing: a page that asks for the reason, and the deed."""
    handover = _readable(request, pk)
    if verb not in VERBS:
        raise Http404
    rule = HANDOVER[verb]
    if not may(request.user, rule, handover):
        raise PermissionDenied
    form = _form_of(rule, handover, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                getattr(actions, verb)(handover=handover, by=request.user, **form.cleaned_data)
            if attempt.done or (
                isinstance(attempt.error, NotNow) and _is_said(handover, rule, form, request)
            ):
                return _done(request, handover, rule)
            status = attempt.status
    elif handover.state not in rule.sources:
        status = 409
    context: dict[str, Any] = {"handover": handover, "verb": rule, "form": form, "not_now": status == 409}
    if verb == "verify" and status != 409:
        lines, photos = queries.lines_of(handover), list(handover.photos.all())
        context["warnings"] = examining.examine(handover, lines, photos).warnings
        context |= shown_beside(handover, request.user)
    return render(request, "handovers/verb.html", context, status=status)


@require_GET
def handover_photo(request: MemberRequest, pk: int) -> HttpResponse:
    """A photo for those in reach of its report. It never changes under its address, so it may be kept long."""
    return photo_response(_photo(request, pk), f"private, max-age={MONTH}, immutable")


@require_GET
def handover_look(request: MemberRequest, pk: int, photo: int) -> HttpResponse:
    """One photo large, with its phone's time and place, and the way to the next; `?besar=1` larger than the screen."""
    handover = _readable(request, pk)
    if not queries.is_officer(request.user, handover):
        return redirect("handover_photo", photo)
    shown = list(handover.photos.all())
    # Behind those of now: what was taken off when an older version was corrected.
    gone = list(HandoverPhoto.ever.filter(handover=handover).exclude(removed_at=None))
    area = area_of(handover.delivery)
    rows = examining.photo_rows(handover, [*shown, *gone], area)
    place = next((place for place, row in enumerate(rows) if row.photo.pk == photo), None)
    if place is None:
        raise Http404
    context = {
        "handover": handover,
        "row": rows[place],
        "area": area,
        "rows": rows,
        "total": len(rows),
        "previous": rows[place - 1] if place else None,
        "next": rows[place + 1] if place + 1 < len(rows) else None,
        "is_large": request.GET.get("besar") == "1",
    }
    return render(request, "handovers/look.html", context)


def _readable(request: MemberRequest, pk: int) -> Handover:
    return get_object_or_404(queries.with_place(queries.readable(request.user)), pk=pk)


def _photo(request: MemberRequest, pk: int) -> HandoverPhoto:
    found = queries.photo_of(request.user, pk)
    if found is None:
        raise Http404
    return found


def _is_said(handover: Handover, rule: Verb, form: forms.Form, request: MemberRequest) -> bool:
    """Whether this very deed, with the same words, is the last that was done: a form that was sent twice."""
    last = handover.moves.order_by("-pk").first()
    if last is None or (last.verb, last.actor_id) != (rule.name, request.user.pk):
        return False
    told = {"reason": last.reason, **last.data}
    return all(told.get(name) == value for name, value in form.cleaned_data.items())


def _done(request: MemberRequest, handover: Handover, rule: Verb) -> HttpResponse:
    """Back to the report, with the way to the next one that waits; a draft that is gone leads to its delivery."""
    said = _("%(report)s: %(done)s.") % {"report": handover, "done": rule.done}
    if rule.name in DONE_WITH and (following := queries.next_to_check(request.user, handover)):
        href = reverse("handover", args=[following.pk])
        label = _("Berikutnya: %(report)s, %(place)s") % {
            "report": following, "place": following.recipient_name,
        }  # fmt: skip
        said = format_html('{} <a href="{}">{}</a>', said, href, label)
    messages.success(request, said)
    return redirect("handover", handover.pk) if handover.submitted_at else redirect(handover.delivery)


def _version(request: MemberRequest, handover: Handover, wanted: str) -> HttpResponse:
    records = list(handover.records.order_by("version"))
    pairs = {then.version: (then, now) for then, now in pairwise(records)}
    if not wanted.isdecimal() or int(wanted[:6]) not in pairs:
        raise Http404
    officer = queries.is_officer(request.user, handover)
    photos = HandoverPhoto.ever if officer else HandoverPhoto.objects
    context = {
        "handover": handover,
        "compared": compared(*pairs[int(wanted[:6])], photos.filter(handover=handover)),
        "versions": [
            {"label": _("versi %(n)s") % {"n": version}, "href": f"?versi={version}",
             "current": version == int(wanted[:6])}
            for version in pairs
        ],
        "may_look": officer,
        "reason": handover.moves.filter(verb="send_back", at__lte=pairs[int(wanted[:6])][1].sealed_at)
        .order_by("-at").first(),
    }  # fmt: skip
    return render(request, "handovers/version.html", context)


def _context(request: MemberRequest, handover: Handover) -> dict[str, Any]:
    user = request.user
    lines = queries.lines_of(handover)
    moves = list(handover.moves.select_related("organisation", "region", "site").order_by("at", "pk"))
    versions = queries.versions(handover, moves, lines)
    photos, records = list(handover.photos.all()), list(handover.records.order_by("version"))
    verbs = {
        verb.name: verb
        for verb in HANDOVER.possible(handover.state)
        if verb.name in VERBS and may(user, verb, handover)
    }
    returned = next((move for move in reversed(moves) if move.verb in ("send_back", "dispute")), None)
    officer = queries.is_officer(user, handover)
    # Of any version: whoever made the first may not verify the second.
    own = any(move.verb in MADE_BY and move.actor_id == user.pk for move in moves)
    may_write = may(user, HANDOVER["save"], handover)
    # A report in force is its own last version; one that is being corrected is compared with what it was.
    handed = versions[:-1] if handover.state in IN_FORCE else versions
    rows = examining.count_rows(handover, lines, handed[-1] if handed else None)
    sealed = [record.version for record in records]
    may_open = queries.may_open_lists(user, handover)
    return {
        "handover": handover,
        "delivery": handover.delivery,
        "lines": lines,
        "rows": rows,
        "before_number": handed[-1].number if any(row.changed for row in rows) else None,
        "good": amounts((line.delivery_line.allocation.commitment.aid_type, line.good) for line in lines),
        "mark": queries.MARKS[HandoverState(handover.state)],
        "photos": photos,
        "records": records[::-1],
        "is_changed": bool(
            handover.submitted_at and contents.differences(handover, lines, photos, records, moves)
        ),
        "is_officer": officer,
        "sees_evidence": officer or may_write,
        "may_open_lists": may_open,
        "openings": queries.openings_of(handover) if may_open else [],
        "examined": examining.examine(handover, lines, photos) if officer else None,
        # Each with the version after it, where both were sealed.
        "earlier": [(version, version.number in sealed[:-1]) for version in versions[:-1][::-1]],
        "verbs": verbs,
        "may_clear": handover.is_verified and may(user, HANDOVER["clear"], handover),
        "own": own,
        "barred": why_not("verify", handover, user) if "verify" in verbs else "",
        "asked": _asked(handover) if "verify" in verbs else "",
        "reason": returned if handover.state in ("returned", "disputed") else None,
        "mends": steps_to_mend(returned.data.get("mend", ())) if returned else [],
        "may_write": may_write and handover.state in HANDOVER["save"].sources,
        "others": list(
            handover.delivery.handovers.exclude(pk=handover.pk).exclude(submitted_at=None).order_by("pk")
        ),
        "following": queries.next_to_check(user, handover) if officer and handover.submitted_at else None,
        "moves": _timeline(moves[::-1], noted=officer and not own),
        **shown_beside(handover, user),
    }


def _timeline(moves: Sequence[Move], *, noted: bool) -> list[dict[str, Any]]:
    """The journal in words. `noted`: with what a verifier noted, which may tell of confirmations: for officers alone."""
    rows = told(moves)
    for row, move in zip(rows, moves, strict=True):
        if noted and move.verb == "verify":
            row["why"] = move.data.get("note", "")
    return rows


def _asked(handover: Handover) -> str:
    """Why this report is not verified without a note; empty where it is."""
    try:
        check_verifying(handover, "")
    except Refused as refused:
        return " ".join(refused.messages)
    return ""


def _form_of(rule: Verb, handover: Handover, data: Any) -> forms.Form:
    if rule.name == "verify":
        return VerifyForm(data, asks=_asked(handover))
    if rule.name == "send_back":
        return MendForm(data, steps=steps_of(handover))
    if rule.name == "discard" and handover.submitted_at is None:
        return forms.Form(data)
    return ReasonForm(data)

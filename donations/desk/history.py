"""The history of a commitment over all rooms: its own verbs, its redirections, its deliveries and their reports."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Move
from donations.deliveries.models import DeliveryMove
from donations.desk.words import told
from donations.handovers.models import HandoverMove
from donations.handovers.queries import PUBLIC_VERBS
from donations.pledges.models import Commitment, RedirectMove
from donations.pledges.standing import NextStep
from programs.wording import quantity_in_unit
from regions.notation import when

# Of a delivery's verbs those that change something for the giver; what a report does, the report says.
TOLD = ("plan", "confirm", "move", "dispatch", "fail", "cancel", "resend", "release")
# Of a redirection's: being carried out stands in the commitment's own journal.
ASKED = ("ask", "propose", "decline", "refuse", "withdraw", "retract", "lapse")
BY = ("organisation", "region", "site")


def history(commitment: Commitment, owed: NextStep | None) -> list[dict[str, Any]]:
    """Newest first, the next step on top; four queries, whatever has happened."""
    entries = [*told(commitment), *_redirects(commitment), *_trips(commitment), *_reports(commitment)]
    entries.sort(key=lambda entry: entry["moment"], reverse=True)
    if owed is not None:
        due = _("sebelum %(moment)s") % {"moment": when(owed.due, "moment_short")} if owed.due else ""
        entries.insert(0, {"label": owed.what, "who": owed.who, "detail": due, "next": True})
    return entries


def _line(move: Move, detail: str = "", href: str = "") -> dict[str, Any]:
    return {
        "label": move.done, "who": move.acted_as, "why": move.reason, "moment": move.at, "detail": detail,
        "detail_href": href,
    }  # fmt: skip


def _redirects(commitment: Commitment) -> list[dict[str, Any]]:
    moves = RedirectMove.objects.filter(
        subject__allocation__commitment=commitment, verb__in=ASKED
    ).select_related(*BY, "subject__need__region", "subject__need__site")
    return [
        _line(
            move,
            _("%(amount)s ke %(place)s") % {
                "amount": quantity_in_unit(commitment.aid_type, move.subject.quantity),
                "place": move.subject.need.recipient_name,
            },
        )
        for move in moves
    ]  # fmt: skip


def _trips(commitment: Commitment) -> list[dict[str, Any]]:
    moves = DeliveryMove.objects.filter(
        subject__lines__allocation__commitment=commitment, verb__in=TOLD
    ).distinct()
    return [_line(move, move.subject.number) for move in moves.select_related(*BY, "subject")]


def _reports(commitment: Commitment) -> list[dict[str, Any]]:
    moves = HandoverMove.objects.filter(
        subject__lines__delivery_line__allocation__commitment=commitment,
        subject__submitted_at__isnull=False,
        verb__in=PUBLIC_VERBS,
    ).distinct()
    return [
        _line(
            move, str(move.subject), reverse("bast", args=[move.subject.code]) if move.subject.number else ""
        )
        for move in moves.select_related(*BY, "subject")
    ]

"""What the answers come to: for the report's pages, and for who verifies it. Small counts are never told."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from accounts import clock
from accounts.errors import Refused
from accounts.models import Move, User
from accounts.roles import Permission
from accounts.scope import Scope
from donations.confirmations.interval import interval
from donations.confirmations.kinds import Received, Side
from donations.confirmations.models import Confirmation, ConfirmationRemark, Draw
from donations.confirmations.rule import LEAST
from donations.confirmations.states import CONFIRMATION, DRAW, SIGNED_IN, ConfirmationState, DrawState
from donations.handovers.models import Handover
from donations.handovers.queries import made_by
from donations.handovers.states import IN_FORCE


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `answered` said something (`least` to `most`), and the 95 % interval of the share (0 to 1).

    The two differ where the exact number might single somebody out. `told` False: nothing can be said.
    """

    answered: int
    told: bool = False
    least: int = 0
    most: int = 0
    low: float = 0.0
    high: float = 1.0

    @property
    def is_exact(self) -> bool:
        return self.told and self.least == self.most


def share(hits: int, answered: int, households: int, unsaid: int = 0) -> Share:
    """A share that singles nobody out: nobody at all is said as it is; 1 to 4 on either side become "1 to 4".

    Where fewer than ten answered, "1 to 4" and "all but 1 to 4" would tell each other: then nothing is said.
    `unsaid`: so many answered without saying either; any of them may belong to it, and 1 to 4 count as 4.
    """
    if answered < LEAST:
        return Share(answered)
    most_hits = hits if not unsaid else min(answered, hits + max(unsaid, LEAST - 1))
    bounds = _bounds(hits, answered), _bounds(most_hits, answered)
    if None in bounds:
        return Share(answered)
    least, most = bounds[0][0], bounds[1][1]  # type: ignore[index]
    low, high = interval(least, answered, households)[0], interval(most, answered, households)[1]
    return Share(answered, True, least, most, low, high)


def _bounds(hits: int, answered: int) -> tuple[int, int] | None:
    """What may be told of that many: the number itself, or a class that holds several; None: nothing."""
    if hits == 0 or LEAST <= hits <= answered - LEAST:
        return hits, hits
    if answered < 2 * LEAST:
        return None
    return (1, LEAST - 1) if hits < LEAST else (answered - LEAST + 1, answered)


@dataclass(frozen=True)
class Sample:
    """What the drawn recipients said, as far as it is told."""

    draw: Draw
    answered: int
    short: Share
    paid: Share
    cancelled: int = 0


def sample_of(handover: Handover) -> Sample | None:
    """Two queries."""
    draws = list(handover.draws.all())
    draw = next((draw for draw in draws if draw.state != DrawState.CANCELLED), None)
    if draw is None:
        return None
    rows = draw.slips.answered().values_list("received", "paid")
    return replace(_sample(draw, list(rows)), cancelled=len(draws) - 1)


def closed_samples() -> list[Sample]:
    """Those whose results are out, of reports in force, the oldest first: two queries, however many."""
    draws = Draw.objects.filter(state=DrawState.CLOSED, handover__state__in=IN_FORCE).select_related(
        "handover"
    )
    answers: dict[int, list[tuple[str, bool]]] = {}
    rows = Confirmation.objects.answered().filter(draw__in=draws.order_by())
    for row in rows.values("draw_id", "received", "paid"):
        answers.setdefault(row["draw_id"], []).append((row["received"], row["paid"]))
    return [_sample(draw, answers.get(draw.pk, [])) for draw in draws.order_by("closed_at", "pk")]


def _sample(draw: Draw, answers: list[tuple[str, bool]]) -> Sample:
    short = sum(received in (Received.SOME, Received.NONE) for received, _paid in answers)
    unsaid = sum(not received for received, _paid in answers)
    return Sample(
        draw,
        len(answers),
        share(short, len(answers), draw.households, unsaid),
        share(sum(paid for _received, paid in answers), len(answers), draw.households),
    )


@dataclass(frozen=True)
class Asked:
    """One of the two sides that are asked of every report, with who answered: by role and place."""

    confirmation: Confirmation
    last: Move | None

    @property
    def label(self) -> str:
        return str(Side(self.confirmation.side).label)

    @property
    def is_deliverer(self) -> bool:
        return self.confirmation.side == Side.DELIVERER

    @property
    def place(self) -> str:
        """The facilitator's kelurahan or kecamatan."""
        return self.last.region.official_name if self.last and self.last.region else ""


def sides_of(handover: Handover) -> list[Asked]:
    """Two queries."""
    rows = (
        handover.confirmations.exclude(side=Side.RECIPIENT).prefetch_related("moves__region").order_by("pk")
    )
    told = ("answer", "affirm", "attest")
    found = []
    for row in rows:
        moves = sorted((move for move in row.moves.all() if move.verb in told), key=lambda move: move.pk)
        found.append(Asked(row, moves[-1] if moves else None))
    return found


def beside_report(handover: Handover, user: User | None) -> dict[str, Any] | None:
    """What is known beside a report, and what this person may do: `user` None for everybody; None of a draft."""
    if handover.submitted_at is None:
        return None
    sample = sample_of(handover)
    found: dict[str, Any] = {"sides": sides_of(handover), "sample": sample}
    # Told also before another draw is made, or where none ever is.
    found["cancelled"] = sample.cancelled if sample else handover.draws.count()
    if user is not None:
        found |= _for_member(handover, user, found["sides"], found["sample"])
    return found


def _for_member(handover: Handover, user: User, sides: list[Asked], sample: Sample | None) -> dict[str, Any]:
    """What somebody in reach may do, and what officers who did not report it are told."""
    scope, reporter = Scope.of(user), made_by(handover, user)
    if reporter:
        return {}
    verify = scope.covers(Permission.HANDOVER_VERIFY, handover)
    is_open = sample is not None and not sample.draw.is_closed
    return {
        "differs": scope.covers(Permission.HANDOVER_DISPUTE, handover) and handover.contradictions.exists(),
        "may_draw": sample is None
        and handover.state in IN_FORCE
        and scope.covers(Permission.CONFIRMATION_DRAW, handover),
        "may_print": is_open and scope.covers(Permission.CONFIRMATION_PRINT, handover),
        "may_cancel": is_open
        and not (sample and sample.answered)
        and scope.covers(Permission.CONFIRMATION_DRAW, handover),
        "draw_verbs": DRAW,
        "own": own_side(handover, user, [side.confirmation for side in sides]),
        "remarks": remarks_of(handover) if verify else [],
        "is_officer": verify or scope.covers(Permission.HANDOVER_DISPUTE, handover),
    }


def own_side(handover: Handover, user: User, confirmations: list[Confirmation]) -> Confirmation | None:
    """The question that this person may answer now, signed in: for the side that is theirs, and not for two."""
    scope = Scope.of(user)
    if made_by(handover, user) or handover.verified_by_id == user.pk:
        return None
    for one in confirmations:
        permission = CONFIRMATION[SIGNED_IN[one.side]].permission
        assert permission is not None
        if scope.covers(permission, handover):
            others = (other for other in confirmations if other.pk != one.pk)
            if not any(move.actor_id == user.pk for other in others for move in other.moves.all()):
                return one
    return None


def remarks_of(handover: Handover) -> list[str]:
    """What was added in words, for who verifies: in an order that tells neither position nor time."""
    rows = ConfirmationRemark.objects.filter(confirmation__handover=handover)
    return sorted(str(row.body) for row in rows)


def note_contradiction(handover: Handover, note: str) -> None:
    """Whoever verifies a report that answers contradict says why. Raises `Refused`."""
    if not note and handover.contradictions.exists():
        raise Refused(
            _("Konfirmasi berbeda dari laporan ini. Tuliskan mengapa laporannya tetap Anda verifikasi."),
            field="note",
            code="contradicted",
        )


def answerable(confirmation: Confirmation) -> bool:
    """Whether an answer is taken now."""
    if confirmation.state == ConfirmationState.OPEN:
        return confirmation.expires_on >= clock.today()
    return confirmation.state == ConfirmationState.ANSWERED

"""Drawing recipients, and their slips."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow, Refused
from accounts.models import User
from accounts.once import hold
from donations.confirmations.codes import new_code
from donations.confirmations.drawing import MOST_HOUSEHOLDS
from donations.confirmations.kinds import Side
from donations.confirmations.models import Confirmation, ConfirmationMove, Draw
from donations.confirmations.states import ConfirmationState, DrawState
from donations.handovers.models import Handover
from donations.handovers.queries import made_by
from donations.handovers.states import IN_FORCE
from programs.models.programs import MOST_SLIPS

LEAST_DAYS, MOST_DAYS = 1, 60


@transaction.atomic
def draw(*, handover: Handover, by: User | None, households: int, size: int, expires_on: date) -> Draw:
    """Draw `size` of the `households` on the official's list, with a slip for each."""
    hold(handover)
    made = Draw(
        handover=handover, households=households, size=size, expires_on=expires_on, drawn_at=clock.now()
    )
    _check(made)
    with perform(made, "draw", by=by, households=households, size=size, digest=made.seed_digest):
        _not_the_reporter(handover, by)
        slips = Confirmation.objects.bulk_create(
            Confirmation(
                handover=handover, side=Side.RECIPIENT, draw=made, position=position, code=new_code(),
                asked_at=made.drawn_at, expires_on=expires_on,
            )
            for position in made.positions
        )  # fmt: skip
        ConfirmationMove.objects.bulk_create(
            ConfirmationMove(subject=slip, verb="ask", to_state=ConfirmationState.OPEN, at=made.drawn_at)
            for slip in slips
        )
    return made


def _check(made: Draw) -> None:
    handover = Handover.objects.get(pk=made.handover_id)
    if handover.state not in IN_FORCE:
        raise NotNow("draw", handover.state)
    if not 1 <= made.households <= MOST_HOUSEHOLDS:
        raise Refused(
            _("Tulis jumlah keluarga pada daftar, 1 sampai %(most)s.") % {"most": MOST_HOUSEHOLDS}, field="households"
        )  # fmt: skip
    if not 1 <= made.size <= min(made.households, MOST_SLIPS):
        raise Refused(
            _("Undi paling sedikit 1 dan paling banyak %(most)s keluarga.")
            % {"most": min(made.households, MOST_SLIPS)},
            field="size",
        )
    days = (made.expires_on - clock.today()).days
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise Refused(_("Pilih tanggal antara besok dan 60 hari lagi."), field="expires_on")
    if handover.draws.exclude(state=DrawState.CANCELLED).exists():
        raise Refused(_("Penerima untuk berita acara ini sudah diundi."), code="drawn_already")


def print_slips(*, draw: Draw, by: User | None) -> list[Confirmation]:
    """The slips to print, those without an answer yet; who had them printed and when stays known."""
    with perform(draw, "print", by=by) as act:
        _not_the_reporter(act.subject.handover, by)
        slips = list(act.subject.slips.filter(state=ConfirmationState.OPEN).order_by("position"))
        if not slips:
            raise NotNow("print", act.subject.state, _("Semua slip sudah dijawab."))
        act.data["slips"] = len(slips)
    return slips


@transaction.atomic
def cancel(*, draw: Draw, by: User | None, reason: str) -> Draw:
    """Take a draw back that was made by mistake, as long as nobody answered; then another one can be made."""
    hold(draw.handover)
    with perform(draw, "cancel", by=by, reason=reason) as act:
        _not_the_reporter(act.subject.handover, by)
        if act.subject.slips.exclude(state=ConfirmationState.OPEN).exists():
            raise NotNow(
                "cancel", act.subject.state, _("Sudah ada yang menjawab, jadi undian tidak dapat dibatalkan.")
            )
        for slip in act.subject.slips.order_by("pk"):
            with perform(slip, "expire", by=None):
                pass
    return act.subject  # type: ignore[no-any-return]


def _not_the_reporter(handover: Handover, by: User | None) -> None:
    if by is not None and made_by(handover, by):
        raise Refused(_("Pelapor tidak mengundi dan tidak mencetak slip."), code="own_report")

"""Answering: by a code, or signed in for one's side; put right for a day; what contradicts the report opens a case."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow, Refused
from accounts.models import User
from accounts.once import hold
from donations.confirmations.actions.contradicting import open_cases
from donations.confirmations.kinds import Reply, Side
from donations.confirmations.models import Confirmation, ConfirmationRemark
from donations.confirmations.states import SIGNED_IN, ConfirmationState
from donations.handovers.queries import made_by
from regions.public_version import bump_public_version

CORRECT_HOURS = 24
MOST_ANSWERS = 6


@transaction.atomic
def answer(
    *,
    confirmation: Confirmation,
    reply: Reply,
    by: User | None,
    is_first: bool = False,
    visitor: User | None = None,
) -> Confirmation:
    """Write an answer down. `by`: who is signed in for their side; None: the bearer of the code.

    `is_first`: the sender had seen no answer yet; where another one is there meanwhile it is refused (409). The same
    answer sent twice is one. `visitor`: who else is known to sit there, so that no reporter confirms by a code.
    """
    # One answer of a report after the other: each is weighed with all before it.
    hold(confirmation.handover)
    confirmation = Confirmation.objects.select_related("draw", "handover").get(pk=confirmation.pk)
    if reply.is_empty:
        raise Refused(_("Pilih salah satu jawaban."), field="received", code="empty")
    if confirmation.is_answered and reply == confirmation.reply:
        return confirmation
    if is_first and confirmation.is_answered:
        raise NotNow("answer", confirmation.state, _("Kode ini sudah dipakai menjawab."))
    verb = "answer" if by is None else SIGNED_IN.get(confirmation.side, "answer")
    data: dict[str, Any] = {"received": reply.received, "paid": reply.paid, "count": reply.count}
    with perform(confirmation, verb, by=by, savepoint=False, **data) as act:
        subject: Confirmation = act.subject
        _check(subject, by or visitor)
        if subject.answered_at is None:
            subject.answered_at = clock.now()
        subject.received, subject.paid, subject.count = reply.received, reply.paid, reply.count
    if reply.remark:
        ConfirmationRemark.objects.create(confirmation=subject, body=reply.remark, at=clock.now())
    if subject.side != Side.RECIPIENT:
        bump_public_version()
    open_cases(subject, reply)
    return subject


def _check(confirmation: Confirmation, person: User | None) -> None:
    if confirmation.state == ConfirmationState.OPEN and confirmation.expires_on < clock.today():
        raise NotNow("answer", confirmation.state, _("Batas waktu untuk menjawab sudah lewat."))
    if not may_correct(confirmation):
        raise NotNow(
            "answer", confirmation.state, _("Jawaban dapat diubah selama 24 jam. Batas itu sudah lewat.")
        )
    if confirmation.answered_at is not None and confirmation.moves.count() > MOST_ANSWERS:
        raise Refused(_("Jawaban ini sudah terlalu sering diubah."), code="too_often")
    if person is not None and person.is_authenticated:
        _must_be_independent(confirmation, person)


def may_correct(confirmation: Confirmation) -> bool:
    """Whether it can be answered, or its answer still be put right, as far as the day after it goes."""
    if confirmation.answered_at is None:
        return True
    return clock.now() < confirmation.answered_at + timedelta(hours=CORRECT_HOURS)


def _must_be_independent(confirmation: Confirmation, person: User) -> None:
    """Not who reported or verified, whatever else they are; and nobody for two sides."""
    if made_by(confirmation.handover, person):
        raise Refused(_("Pelapor tidak mengonfirmasi laporannya sendiri."), code="own_report")
    if confirmation.handover.verified_by_id == person.pk:
        raise Refused(_("Laporan ini Anda verifikasi. Orang lain yang mengonfirmasinya."), code="verified")
    others = Confirmation.objects.filter(handover=confirmation.handover_id).exclude(pk=confirmation.pk)
    if others.filter(moves__actor=person).exists():
        raise Refused(_("Anda sudah menjawab untuk pihak lain."), code="two_sides")

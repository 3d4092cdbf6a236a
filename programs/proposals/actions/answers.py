"""What the offices answer, and the needs that come of a proposal."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow, Refused
from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from programs.models import Need, Program
from programs.proposals.models import Answer, Proposal, ProposalNeed


@transaction.atomic
def answer(
    *, proposal: Proposal, verb: str, by: User | None, text: str, program: Program | None = None
) -> Answer:
    """Perform a verb of the official answer; the first one makes it. `text` is read by everybody.

    Raises `NotNow` while the proposal is not public, `Refused` when referred without a program.
    """
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not locked.is_public:
        raise NotNow(verb, locked.state, _("Usulan ini sedang tidak tampil, jadi tidak dapat dijawab."))
    found = Answer.objects.filter(proposal=locked).first() or Answer(proposal=locked)
    if verb == "refer":
        if program is None:
            raise Refused(_("Pilih programnya."), field="program")
        # Set before it is saved: a referred answer names its program, and a new one is saved at once.
        found.program = program
    found.text, found.answered_at = text.strip(), clock.now()
    with perform(found, verb, by=by, reason=text, program=program.pk if program else "") as act:
        subject = act.subject
        subject.text, subject.answered_at = act.reason, clock.now()
        if verb == "refer":
            subject.program = program
    return act.subject


def link(*, proposal: Proposal, need: Need, by: User | None) -> None:
    """Say that a need came of a proposal. The need has to be public and in the officer's own area."""
    with perform(proposal, "link", by=by, need=need.pk) as act:
        if need.published_at is None:
            raise Refused(_("Kebutuhan itu belum diterbitkan."), field="need")
        if by is not None and not Scope.of(by).covers(Permission.PROPOSAL_ANSWER, need):
            raise Refused(_("Kebutuhan itu di luar wilayah kerja Anda."), field="need")
        _row, made = ProposalNeed.objects.get_or_create(
            proposal=act.subject, need=need, defaults={"linked_at": clock.now()}
        )
        if not made:
            raise Refused(_("Kebutuhan itu sudah terhubung."), field="need")


def unlink(*, proposal: Proposal, need: Need, by: User | None, reason: str) -> None:
    """Take a wrong link away again."""
    with perform(proposal, "unlink", by=by, reason=reason, need=need.pk) as act:
        gone, _by_model = ProposalNeed.objects.filter(proposal=act.subject, need=need).delete()
        if not gone:
            raise Refused(_("Kebutuhan itu tidak terhubung."), field="need")

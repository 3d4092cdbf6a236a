"""What donations know of a giver who wants to go: what is still open, and what is forgotten with the account."""

from django.utils.translation import gettext as _

from accounts.models import Notice, Organisation, User
from accounts.notices.actions.history import forget_name
from donations.deliveries.models import Delivery
from donations.misconduct.models import Case
from donations.pledges.models import Commitment, Pledge, PledgeDraft, Repeat
from donations.pledges.states import CommitmentState
from donations.proofs import actions as proofs

OPEN = (CommitmentState.SUBMITTED, CommitmentState.ACCEPTED)


def open_commitments(organisation: Organisation) -> list[str]:
    """A phrase for each commitment that somebody still counts on."""
    found = Commitment.objects.filter(pledge__collaborator=organisation, state__in=OPEN).select_related(
        "aid_type"
    )
    repeats = Repeat.objects.active().filter(first__pledge__collaborator=organisation).select_related("first")
    return [
        *(
            _("komitmen %(number)s (%(aid)s) masih berjalan")
            % {"number": one.number, "aid": one.aid_type.title}
            for one in found.order_by("pk")
        ),
        *(
            _("pengulangan bulanan %(number)s masih berjalan") % {"number": one.first.number}
            for one in repeats
        ),
    ]


def forget_giver(user: User, organisations: list[Organisation]) -> None:
    """Drafts go; letters and documents of an organisation that was this person lose the name."""
    PledgeDraft.objects.filter(user=user).delete()
    # What they reported stays a case; whoever holds its code follows it still.
    Case.objects.filter(reporter=user).update(reporter=None)
    # What was agreed to stays known by its documents' fingerprints; the text names the person.
    Pledge.objects.filter(collaborator__in=organisations).update(
        statement=_("Surat ini dihapus bersama akun pemberinya."), note=""
    )
    for organisation in organisations:
        _forget_in_notices(organisation)
    proofs.forget(organisations)


def _forget_in_notices(organisation: Organisation) -> None:
    """Others were told who brings a gift: by name, where the giver did so themselves."""
    deliveries = Delivery.objects.filter(executor=organisation)
    carried = Commitment.objects.filter(executor=organisation)
    numbers = [one.number for rows in (deliveries, carried) for one in rows]
    now = Organisation.objects.values_list("name", flat=True).get(pk=organisation.pk)
    forget_name(Notice.objects.filter(params__number__in=numbers), "executor", organisation.name, now)

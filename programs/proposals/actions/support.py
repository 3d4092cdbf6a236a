"""Standing behind a proposal: once a person, and taken back at will."""

from django.db import transaction

from accounts import clock
from accounts.errors import NotNow
from accounts.models import User
from programs.proposals.models import Proposal, Support
from regions.public_version import FORUM, bump_public_version


@transaction.atomic
def support(*, proposal: Proposal, by: User) -> bool:
    """Count this person among those behind it; False if they already were. Raises `NotNow` if it is not open."""
    locked = Proposal.objects.select_for_update(no_key=True, of=("self",)).get(pk=proposal.pk)
    if not locked.is_open:
        raise NotNow("support", locked.state)
    _row, made = Support.objects.get_or_create(proposal=locked, user=by, defaults={"at": clock.now()})
    if made:
        bump_public_version(FORUM)
    return made


@transaction.atomic
def take_back_support(*, proposal: Proposal, by: User) -> bool:
    """No longer count this person, whatever became of the proposal; False if they were not counted."""
    Proposal.objects.select_for_update(no_key=True, of=("self",)).get(pk=proposal.pk)
    gone, _by_model = Support.objects.filter(proposal=proposal, user=by).delete()
    if gone:
        bump_public_version(FORUM)
    return bool(gone)

"""What the forum forgets with an account: the name that its author chose. The texts stay, as those of a resident."""

from accounts.models import Organisation, User
from programs.proposals.models import Comment, Proposal, ProposalDraft


def forget_author(user: User, organisations: list[Organisation]) -> None:
    ProposalDraft.objects.filter(user=user).delete()
    for model in (Proposal, Comment):
        model._default_manager.filter(user=user).update(display_name="")

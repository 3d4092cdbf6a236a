"""What somebody holds, or is asked to hold."""

from accounts import clock
from accounts.models import Assignment, Invitation, InvitationState, User


def posts_of(user: User) -> list[Assignment | Invitation]:
    """Assignments that are not over, and invitations by phone that wait for the first sign-in. Two queries."""
    return [*user.assignments.not_over().order_by("pk"), *waiting(user)]


def waiting(user: User) -> list[Invitation]:
    """Invitations by phone number that the next sign-in accepts."""
    found = user.invitations.filter(state=InvitationState.OPEN, expires_at__gt=clock.now(), email="")
    return list(found.select_related("region", "site", "organisation", "invited_by").order_by("pk"))

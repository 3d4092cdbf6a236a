"""People, organisations and who is what, where and for how long."""

from accounts.models.assignments import Assignment, AssignmentMove, AssignmentState
from accounts.models.invitations import Invitation, InvitationMove, InvitationState
from accounts.models.journal import Move
from accounts.models.organisations import (
    ROLE_FLAGS,
    CollaboratorKind,
    Organisation,
    OrganisationMove,
    OrganisationState,
    Permit,
    PermitMove,
    PermitState,
)
from accounts.models.sign_in_codes import MAX_ATTEMPTS, SignInCode, SignInCodeMove, SignInCodeState
from accounts.models.sites import KeptSite, SiteMove, SiteState
from accounts.models.users import User

__all__ = [
    "MAX_ATTEMPTS",
    "ROLE_FLAGS",
    "Assignment",
    "AssignmentMove",
    "AssignmentState",
    "CollaboratorKind",
    "Invitation",
    "InvitationMove",
    "InvitationState",
    "KeptSite",
    "Move",
    "Organisation",
    "OrganisationMove",
    "OrganisationState",
    "Permit",
    "PermitMove",
    "PermitState",
    "SignInCode",
    "SignInCodeMove",
    "SignInCodeState",
    "SiteMove",
    "SiteState",
    "User",
]

"""People, organisations and who is what, where and for how long; notices live in their package."""

from accounts.models.assignments import Assignment, AssignmentMove, AssignmentState
from accounts.models.invitations import Invitation, InvitationMove, InvitationState
from accounts.models.journal import Move
from accounts.models.layers import KeptLayer, LayerMove, LayerState
from accounts.models.organisations import (
    ROLE_FLAGS,
    CollaboratorKind,
    Organisation,
    OrganisationMove,
    OrganisationState,
    Permit,
    PermitMove,
    PermitState,
    PermitSuspension,
)
from accounts.models.own_places import OwnPlace, OwnPlaceKind
from accounts.models.people import KeptPerson, PersonMove, PersonState
from accounts.models.personal import (
    CopyState,
    Erasure,
    ErasureMove,
    ErasureState,
    PersonalCopy,
    PersonalCopyMove,
)
from accounts.models.sign_in_codes import MAX_ATTEMPTS, SignInCode, SignInCodeMove, SignInCodeState
from accounts.models.sites import KeptSite, SiteMove, SiteState
from accounts.models.users import User
from accounts.notices.models import (
    Channel,
    Notice,
    NoticeMessage,
    NoticePreference,
    NoticeSending,
    NumberProof,
)

__all__ = [
    "MAX_ATTEMPTS",
    "ROLE_FLAGS",
    "Assignment",
    "AssignmentMove",
    "AssignmentState",
    "Channel",
    "CollaboratorKind",
    "CopyState",
    "Erasure",
    "ErasureMove",
    "ErasureState",
    "Invitation",
    "InvitationMove",
    "InvitationState",
    "KeptLayer",
    "KeptPerson",
    "KeptSite",
    "LayerMove",
    "LayerState",
    "Move",
    "Notice",
    "NoticeMessage",
    "NoticePreference",
    "NoticeSending",
    "NumberProof",
    "Organisation",
    "OrganisationMove",
    "OrganisationState",
    "OwnPlace",
    "OwnPlaceKind",
    "Permit",
    "PermitMove",
    "PermitState",
    "PermitSuspension",
    "PersonMove",
    "PersonState",
    "PersonalCopy",
    "PersonalCopyMove",
    "SignInCode",
    "SignInCodeMove",
    "SignInCodeState",
    "SiteMove",
    "SiteState",
    "User",
]

"""People, organisations and who is what, where and for how long."""

from accounts.models.assignments import Assignment, AssignmentMove
from accounts.models.journal import Move
from accounts.models.organisations import CollaboratorKind, Organisation, OrganisationMove, Permit, PermitMove
from accounts.models.users import User

__all__ = [
    "Assignment",
    "AssignmentMove",
    "CollaboratorKind",
    "Move",
    "Organisation",
    "OrganisationMove",
    "Permit",
    "PermitMove",
    "User",
]

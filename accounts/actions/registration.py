"""How a collaborator comes in: by signing up, without anybody's leave."""

from django.db import transaction

from accounts import clock
from accounts.actions.perform import perform
from accounts.models import Assignment, CollaboratorKind, Organisation, User
from accounts.roles import Role, Standing
from regions.models import Region

# The day of the privacy notice that people agree to; the journal keeps which one it was.
PRIVACY_NOTICE = "2026-11-22"


@transaction.atomic
def register_collaborator(
    *,
    user: User,
    kind: str,
    name: str,
    may_be_named: bool,
    region: Region,
    phone: str = "",
) -> Organisation:
    """Make an organisation (or a person who gives) of that kind, and the user its collaborator.

    `kind` is a `CollaboratorKind`; `region` the city of its office, or the province.
    """
    organisation = Organisation(
        name=name,
        collaborator_kind=kind,
        may_be_named=may_be_named,
        region=region,
        phone=phone,
        email=user.email or "",
        # Anybody can say so; until an administrator has made sure it is neither named nor accepted as one.
        is_confirmed=kind != CollaboratorKind.GOVERNMENT,
        created_at=clock.now(),
    )
    with perform(organisation, "register", by=None, privacy_notice=PRIVACY_NOTICE):
        pass
    assignment = Assignment(
        user=user,
        role=Role.COLLABORATOR,
        organisation=organisation,
        standing=Standing.OWNER,
        area=region,
        starts=clock.today(),
    )
    with perform(assignment, "appoint", by=None):
        pass
    user.__dict__.pop("_scope", None)
    return organisation

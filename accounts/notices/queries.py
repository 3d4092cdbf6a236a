"""What pages of notices ask."""

from django.db.models import Exists, OuterRef

from accounts.models import Assignment, User
from accounts.notices.kinds import KINDS, Group, names_of
from accounts.notices.models import NoticePreference, NoticeQuerySet
from accounts.roles import Role
from accounts.scope import Scope


def listed(person: User, *, group: str = "", unread: bool = False) -> NoticeQuerySet:
    """The notices of a person, newest first."""
    rows: NoticeQuerySet = person.notices.all()  # type: ignore[assignment]
    if unread:
        rows = rows.unread()
    if group in set(Group):
        rows = rows.filter(kind__in=names_of(Group(group)))
    return rows.order_by("-at", "-pk")


def unread(person: User) -> int:
    return listed(person, unread=True).count()


def groups_of(person: User) -> list[Group]:
    """The groups that concern somebody: by what they are now, and those that concern everybody."""
    held = {grant.role for grant in Scope.of(person).grants}
    used = {kind.group for kind in KINDS.values()}
    return [group for group in Group if group in used and (not group.roles or group.roles & held)]


def contacts_in(organisation: int) -> list[NoticePreference]:
    """The members of an organisation who gave a number that officers may call, by name. One query."""
    held = Assignment.objects.in_force().filter(
        organisation=organisation, role=Role.COLLABORATOR, user=OuterRef("person")
    )
    rows = NoticePreference.objects.exclude(contact_phone="").filter(Exists(held), person__is_active=True)
    return list(rows.select_related("person").order_by("person__name", "person")[:5])

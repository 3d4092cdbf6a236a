"""Programs within the reach of who administers."""

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from programs.models import Program


def kept(by: User) -> QuerySet[Program]:
    """Programs that `by` looks after, with `aid_types_in_use`; who works for one program sees that one."""
    scope = Scope.of(by)
    q = scope.as_q(Permission.PROGRAM_MANAGE, Program.SCOPE_PATHS)
    grants = scope.with_permission(Permission.PROGRAM_MANAGE)
    if grants and all(grant.program for grant in grants):
        q &= Q(pk__in=[grant.program for grant in grants])
    in_use = Count("aid_types", filter=Q(aid_types__is_active=True))
    return Program.objects.filter(q).select_related("region").annotate(aid_types_in_use=in_use)

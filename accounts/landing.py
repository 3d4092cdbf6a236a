"""Where people begin after signing in, by what they are."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.roles import Role
from accounts.scope import Scope

# The desk is for whoever works with many things; others begin at what is theirs.
DESK_ROLES = (Role.ASSESSOR, Role.FACILITATOR, Role.OFFICIAL, Role.AGGREGATOR, Role.EXECUTOR)


def landing(user: User) -> str:
    """The address of the first page of this person's work."""
    scope = Scope.of(user)
    if scope.has_role(*DESK_ROLES):
        return _address("desk")
    if scope.has_role(Role.INSPECTOR):
        return _address("misconduct_cases")
    if scope.has_role(Role.OVERSEER):
        return _address("misconduct_log")
    if scope.has_role(Role.ADMINISTRATOR):
        return _address("administration")
    if scope.has_role(Role.COLLABORATOR):
        return _address("pledges")
    return _address("account")


def _address(name: str) -> str:
    for candidate in (name, "account"):
        try:
            return reverse(candidate)
        except NoReverseMatch:
            continue
    return "/"


def safe_next(request: HttpRequest) -> str:
    """Where `next` leads, if that is a page of this site, else ""."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    fits = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if fits else ""

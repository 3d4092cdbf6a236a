"""An organisation's own members: asking somebody in, what each is there, leaving, handing over, the profile."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions.appointments import Post
from accounts.actions.invitations import Sent, invite, resend, revoke
from accounts.actions.perform import perform
from accounts.errors import NotAllowed, Refused
from accounts.models import Assignment, Invitation, Organisation, User
from accounts.personal import open_matters_of
from accounts.roles import Permission, Standing
from accounts.scope import Grant, Scope
from accounts.stored import delete_after_commit

PROFILE_FIELDS = ("about", "website", "phone", "email", "may_be_named", "has_page")
# Who may be made, changed or sent away by whom: an owner everybody, an admin only plain members.
UNDER = {Standing.OWNER: frozenset(Standing), Standing.ADMIN: frozenset({Standing.MEMBER})}


def invite_member(
    *, organisation: Organisation, by: User, name: str, email: str, standing: str, language: str = "id"
) -> Sent:
    """Ask somebody by e-mail to be a member, in the role in which `by` works for the organisation."""
    grant = Scope.of(by).grant_for(Permission.MEMBER_MANAGE, organisation)
    if grant is None:
        raise NotAllowed
    _check_under(grant, standing)
    post = Post(grant.role, organisation, standing=standing)
    return invite(name=name, post=post, by=by, email=email, language=language, verb="call")


def renew(*, invitation: Invitation, by: User) -> Sent:
    return resend(invitation=invitation, by=by, verb="renew")


def withdraw(*, invitation: Invitation, by: User) -> Invitation:
    return revoke(invitation=invitation, by=by, verb="withdraw")


def rank(*, assignment: Assignment, by: User, standing: str) -> Assignment:
    """Make a member an admin, or the other way round. An owner is made by handing over or by another owner."""
    with _members_of(assignment), perform(assignment, "rank", by=by) as act:
        _check_under(act.grant, act.subject.standing)
        _check_under(act.grant, standing)
        if act.subject.is_owner and standing != Standing.OWNER:
            _keep_an_owner(act.subject)
        act.data |= {"from": act.subject.standing, "to": standing}
        act.subject.standing = standing
    _forget(assignment.user)
    return act.subject  # type: ignore[no-any-return]


def hand_over(*, own: Assignment, to: Assignment, by: User) -> None:
    """Make somebody else the owner and oneself an admin."""
    if own.user_id != by.pk or own.organisation_id != to.organisation_id or own.pk == to.pk or to.is_over:
        raise Refused(_("Pilih anggota lain dari organisasi ini."), field="to")
    with _members_of(own):
        with perform(to, "hand_over", by=by, to=Standing.OWNER) as act:
            act.subject.standing = Standing.OWNER
        with perform(own, "hand_over", by=by, to=Standing.ADMIN) as act:
            act.subject.standing = Standing.ADMIN
    _forget(own.user)
    _forget(to.user)


def dismiss(*, assignment: Assignment, by: User, reason: str) -> Assignment:
    """Send a member away; what they did stays."""
    if assignment.user_id == by.pk:
        raise Refused(_("Untuk keluar sendiri, pakai tombol keluar."))
    with _members_of(assignment), perform(assignment, "dismiss", by=by, reason=reason) as act:
        _check_under(act.grant, act.subject.standing)
        _keep_an_owner(act.subject)
        _end(act.subject)
    _forget(assignment.user)
    return act.subject  # type: ignore[no-any-return]


def leave(*, assignment: Assignment, by: User) -> Assignment:
    """Leave an organisation. Its last owner hands over first; its last member leaves nothing open behind."""
    with _members_of(assignment), perform(assignment, "leave", by=by) as act:
        check_leaving(act.subject)
        _end(act.subject)
    _forget(assignment.user)
    return act.subject  # type: ignore[no-any-return]


def check_leaving(assignment: Assignment) -> None:
    """Raises `Refused` where somebody is still needed."""
    others = _others(assignment)
    if others.exists():
        _keep_an_owner(assignment)
    elif matters := open_matters_of(assignment.organisation):
        raise Refused(
            _("Anda anggota terakhir, dan masih ada yang terbuka: %(matters)s. Selesaikan, batalkan, atau undang "
              "penggantinya dulu.") % {"matters": "; ".join(matters)}
        )  # fmt: skip


def present(
    *,
    organisation: Organisation,
    by: User | None,
    logo: ContentFile | None = None,
    drop_logo: bool = False,
    **values: Any,
) -> Organisation:
    """Change what an organisation says of itself; `values` as in `PROFILE_FIELDS`. `logo`: encoded anew already."""
    strange = set(values) - set(PROFILE_FIELDS)
    if strange:
        raise TypeError(f"not written here: {sorted(strange)}")
    with perform(organisation, "present", by=by) as act:
        subject: Organisation = act.subject
        changed = [name for name, value in values.items() if getattr(subject, name) != value]
        for name in changed:
            setattr(subject, name, values[name])
        if subject.has_page and not subject.may_be_named:
            raise Refused(_("Halaman umum memuat nama. Izinkan namanya disebut dulu."), field="has_page")
        if logo is not None:
            delete_after_commit(subject.logo)
            subject.logo.save("logo.png", logo, save=False)
            changed.append("logo")
        elif drop_logo and subject.logo:
            delete_after_commit(subject.logo)
            subject.logo = ""  # type: ignore[assignment]
            changed.append("logo")
        act.data["fields"] = changed
    return subject


class _members_of:
    """One change of an organisation's members at a time: two owners that leave at once see each other."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.transaction = transaction.atomic()

    def __enter__(self) -> None:
        self.transaction.__enter__()
        if self.assignment.organisation_id is None:
            raise NotAllowed
        Organisation.objects.select_for_update().get(pk=self.assignment.organisation_id)

    def __exit__(self, *error: Any) -> None:
        self.transaction.__exit__(*error)


def _others(assignment: Assignment) -> Any:
    assert assignment.organisation is not None
    return assignment.organisation.assignments.in_force().exclude(user=assignment.user_id)


def _keep_an_owner(assignment: Assignment) -> None:
    if assignment.is_owner and not _others(assignment).filter(standing=Standing.OWNER).exists():
        raise Refused(_("Organisasi ini perlu pemilik. Serahkan dulu kepemilikannya kepada anggota lain."))


def _check_under(grant: Grant | None, standing: str) -> None:
    mine = Standing(grant.standing) if grant and grant.standing else None
    if mine is None or (Standing(standing or Standing.MEMBER) not in UNDER.get(mine, ())):
        raise Refused(
            _("Hanya pemilik yang mengubah pemilik dan pengelola. Minta pemilik organisasi ini."),
            field="standing",
        )


def _end(assignment: Assignment) -> None:
    today = clock.today()
    if assignment.ends is None or assignment.ends > today:
        assignment.ends = max(today, assignment.starts)


def _forget(user: User) -> None:
    user.__dict__.pop("_scope", None)

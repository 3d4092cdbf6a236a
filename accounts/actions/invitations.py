"""Inviting people to a role, by e-mail or by phone number."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock, secrets
from accounts.actions.appointments import Post, appoint, check_grant, check_post
from accounts.actions.perform import perform
from accounts.errors import NotAllowed, OutOfReach, Refused
from accounts.models import Assignment, Invitation, InvitationState, User
from accounts.queries.posts import waiting
from accounts.roles import RECIPIENT_ROLES, Permission
from accounts.scope import Scope

VALID_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation and the secret part of its link, which is not kept."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(
    *,
    name: str,
    post: Post,
    by: User | None,
    email: str = "",
    phone: str = "",
    language: str = "id",
    verb: str = "invite",
) -> Sent:
    """Ask somebody to take on a post. By phone (E.164, officials only) the person is made at once, without a role.

    `verb`: "invite" by an administrator, "call" by a member of the organisation.
    """
    check_post(post)
    user = None
    if phone:
        if post.role not in RECIPIENT_ROLES:
            raise Refused(
                _("Hanya pengurus penerima yang masuk dengan nomor telepon. Undang orang ini lewat surel."),
                field="contact",
            )
        user, _made = User.objects.get_or_create(phone=phone, defaults={"name": name, "language": language})
        if _made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
    email = email.lower()
    token = secrets.new_token()
    now = clock.now()
    invitation = Invitation(
        email=email,
        name=name,
        user=user,
        language=language,
        token_digest=secrets.digest("invitation", token),
        invited_by=by,
        created_at=now,
        expires_at=now + VALID_FOR,
        **post.fields(),
    )
    with perform(invitation, verb, by=by) as act:
        check_grant(post, act.grant)
        same = Invitation.objects.filter(
            state=InvitationState.OPEN,
            email=email,
            user=user,
            role=post.role,
            region=invitation.region,
            site=invitation.site,
            organisation=invitation.organisation,
            program_code=post.program_code,
            expires_at__gt=now,
        )
        if same.exclude(pk=invitation.pk).exists():
            raise Refused(
                _("Undangan yang sama masih menunggu. Kirim ulang dari daftar undangan."), field="contact"
            )
    return Sent(invitation, token)


def resend(*, invitation: Invitation, by: User | None, verb: str = "resend") -> Sent:
    """A new link for seven more days; the earlier one no longer works. `verb`: "renew" by a member."""
    token = secrets.new_token()
    with perform(invitation, verb, by=by) as act:
        act.subject.token_digest = secrets.digest("invitation", token)
        act.subject.expires_at = clock.now() + VALID_FOR
    return Sent(act.subject, token)


def renew_lapsed(*, invitation: Invitation) -> Sent:
    """A new link for who held the old one, sent to the address that was invited: so it gives nobody anything.

    Refused while the old one is good or was renewed within the hour, and where who invited is gone.
    """
    if invitation.state != InvitationState.OPEN or not invitation.email:
        raise Refused(_("Undangan ini sudah diterima atau dicabut. Mintalah undangan baru."))
    if clock.now() < invitation.expires_at:
        raise Refused(_("Tautan yang baru sudah dikirim. Periksa surel Anda, juga folder spam."))
    if invitation.invited_by is not None and not _may_still(invitation):
        raise Refused(_("Yang mengundang Anda tidak lagi bertugas di sana. Minta undangan baru."))
    return resend(invitation=invitation, by=None)


def _may_still(invitation: Invitation) -> bool:
    permission = Permission.MEMBER_MANAGE if was_called(invitation) else Permission.PEOPLE_MANAGE
    return Scope.of(invitation.invited_by).covers(permission, invitation)


def was_called(invitation: Invitation) -> bool:
    """Whether a member of the organisation invited, and not an administrator."""
    return invitation.moves.filter(verb="call").exists()


def revoke(*, invitation: Invitation, by: User | None, reason: str = "", verb: str = "revoke") -> Invitation:
    with perform(invitation, verb, by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state, or None."""
    found = Invitation.objects.filter(token_digest=secrets.digest("invitation", token)).exclude(email="")
    return found.select_related("region", "site", "organisation", "invited_by").first()


@transaction.atomic
def accept(*, invitation: Invitation, user: User) -> Assignment:
    """Take on the post. Refused when whoever invited may no longer appoint there, or the post is gone."""
    with perform(invitation, "accept", by=None, user=user.pk) as act:
        subject: Invitation = act.subject
        if not subject.is_open:
            raise Refused(_("Undangan ini sudah lewat. Minta dikirim ulang."))
        subject.accepted_at = clock.now()
        subject.user = user
        try:
            assignment = appoint(
                user=user,
                post=Post.of(subject),
                by=subject.invited_by,
                verb="join" if was_called(subject) else "appoint",
                invitation=subject.pk,
            )
        except (NotAllowed, OutOfReach) as error:
            raise Refused(
                _("Yang mengundang Anda tidak lagi bertugas di sana. Minta undangan baru.")
            ) from error
    return assignment


def accept_waiting(user: User) -> None:
    """Take on what somebody was invited to by phone number; what can no longer be taken on is left waiting."""
    for invitation in waiting(user):
        try:
            accept(invitation=invitation, user=user)
        except Refused:
            continue

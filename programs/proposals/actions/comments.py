"""What is said to a proposal."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow, Refused
from accounts.models import Organisation, User
from accounts.once import hold_key
from accounts.roles import Permission
from accounts.scope import Scope
from programs.proposals.models import EDIT_MINUTES, Comment, Proposal
from programs.proposals.personal import refuse_office, refuse_organisation, refuse_personal


@transaction.atomic
def post(
    *,
    proposal: Proposal,
    by: User,
    key: UUID,
    body: str,
    display_name: str = "",
    organisation: Organisation | None = None,
) -> Comment:
    """Say something to an open proposal. An officer in reach is shown by role and place instead of a name.

    The same `key` is the same comment. Raises `NotNow` (closed), `Refused` with the field.
    """
    hold_key(f"comment {key}")
    made = Comment.objects.filter(key=key).first()
    if made is not None:
        return made
    locked = Proposal.objects.select_for_update(no_key=True, of=("self",)).get(pk=proposal.pk)
    if not locked.is_open:
        raise NotNow("post", locked.state, _("Usulan ini tidak menerima tanggapan lagi."))
    refuse_organisation(organisation, by)
    refuse_personal(body, "body")
    refuse_personal(display_name, "display_name")
    refuse_office(display_name)
    comment = Comment(
        key=key, proposal=locked, user=by, body=body, display_name=display_name, organisation=organisation,
        created_at=clock.now(),
    )  # fmt: skip
    grant = Scope.of(by).grant_for(Permission.PROPOSAL_SEE, locked)
    if grant is not None:
        comment.role, comment.role_region_id = grant.role, grant.region
        comment.display_name, comment.organisation = "", None
    with perform(comment, "post", by=by):
        pass
    return comment


def edit_comment(*, comment: Comment, by: User, body: str) -> Comment:
    """Change one's own words for a quarter of an hour; the page says that they were changed."""
    with perform(comment, "edit", by=by) as act:
        if not act.subject.is_editable:
            raise Refused(
                _("Tanggapan dapat diubah selama %(minutes)s menit. Tulis tanggapan baru.")
                % {"minutes": EDIT_MINUTES}
            )
        refuse_personal(body, "body")
        act.subject.body, act.subject.edited_at = body, clock.now()
    return act.subject


def withdraw_comment(*, comment: Comment, by: User | None) -> Comment:
    """Take one's own words back for good; a mark stays in their place."""
    with perform(comment, "withdraw", by=by) as act:
        subject = act.subject
        subject.body = subject.display_name = subject.appeal = subject.rule_note = ""
        subject.user = subject.organisation = None
    return act.subject

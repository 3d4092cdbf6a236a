"""Writing a proposal answer by answer, and sending it once."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.errors import NotNow, Refused
from accounts.models import User
from accounts.stored import delete_after_commit
from programs.models import Program
from programs.proposals.actions.writing import submit
from programs.proposals.models import Proposal, ProposalDraft
from regions.models import Region

# Which question of the flow fills which fields.
ANSWERS: dict[str, tuple[str, ...]] = {
    "judul": ("title", "region", "program"),
    "serupa": (),
    "isi": ("body", "for_whom", "offer"),
    "nama": ("organisation", "display_name", "picture_text"),
}
# The step that is taken by signing in.
ACCOUNT = "akun"
KEPT_DAYS = 60


def begin(*, by: User | None, title: str, region: Region, program: Program | None) -> ProposalDraft:
    """A new draft; `by` None for a visitor."""
    now = clock.now()
    return ProposalDraft.objects.create(
        user=by, title=title, region=region, program=program, answered=["judul"], created_at=now, saved_at=now
    )


@transaction.atomic
def answer_draft(
    *,
    draft: ProposalDraft,
    by: User | None,
    step: str,
    picture: ContentFile | None = None,
    drop: bool = False,
    **values: Any,
) -> ProposalDraft:
    """Keep the answer to one question; other answers, perhaps of another tab, stay as they are."""
    fields = ANSWERS[step]
    if set(values) != set(fields):
        raise TypeError(f"{step} wants {fields}")
    locked = _open(draft)
    for name, value in values.items():
        setattr(locked, name, value)
    if picture is not None or drop:
        delete_after_commit(locked.picture)
        if picture is not None:
            locked.picture.save("", picture, save=False)
        else:
            locked.picture, locked.picture_text = "", ""
    if step not in locked.answered:
        locked.answered = [*locked.answered, step]
    if locked.user is None and by is not None:
        locked.user, locked.answered = by, [*locked.answered, ACCOUNT]
    locked.saved_at = clock.now()
    locked.save()
    return locked


@transaction.atomic
def send(*, draft: ProposalDraft, by: User) -> Proposal:
    """Send the draft as a proposal. Sent already: the proposal that it became. Raises what `submit` raises."""
    locked = ProposalDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.proposal is not None:
        return locked.proposal
    if not {"judul", "isi", "nama"} <= set(locked.answered):
        raise Refused(_("Usulan ini belum lengkap."))
    proposal = submit(
        by=by,
        key=locked.key,
        title=locked.title,
        body=locked.body,
        for_whom=locked.for_whom,
        offer=locked.offer,
        region=locked.region,
        program=locked.program,
        organisation=locked.organisation,
        display_name=locked.display_name,
        picture=locked.picture.name if locked.picture else None,
        picture_text=locked.picture_text,
    )
    locked.proposal, locked.user, locked.saved_at = proposal, by, clock.now()
    locked.save(update_fields=["proposal", "user", "saved_at"])
    return proposal


def forget_old_drafts() -> int:
    """Delete what nobody went on with for 60 days, sent or not; how many. The proposals stay."""
    old = ProposalDraft.objects.filter(saved_at__lt=clock.now() - timedelta(days=KEPT_DAYS))
    for draft in old.filter(proposal=None).exclude(picture=""):
        delete_after_commit(draft.picture)
    count, _by_model = old.delete()
    return count


def _open(draft: ProposalDraft) -> ProposalDraft:
    locked = ProposalDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.proposal_id is not None:
        raise NotNow("answer", "sent", _("Usulan ini sudah terkirim dan tidak dapat diubah lagi dari sini."))
    return locked

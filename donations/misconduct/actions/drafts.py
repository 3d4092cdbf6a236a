"""Writing a report answer by answer, and sending it once."""

import json
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.errors import Refused
from accounts.models import Organisation, User
from accounts.stored import delete_after_commit
from donations.misconduct.actions.receiving import Report, receive
from donations.misconduct.codes import new_code
from donations.misconduct.models import Case, CaseDraft, Evidence
from donations.misconduct.queries.things import thing_of
from donations.misconduct.uploads import MOST_FILES
from regions.models import Region

KEPT_DAYS = 30
NEEDED = ("jenis", "cerita", "tempat", "siapa")


class Gone(Exception):
    """The draft was sent or thrown away meanwhile."""


def begin(**answers: Any) -> CaseDraft:
    """A new draft; nothing about who writes it is kept."""
    body = json.dumps({"answered": ["jenis"], **answers})
    return CaseDraft.objects.create(body=body, saved_at=clock.now())


@transaction.atomic
def answer_draft(*, draft: CaseDraft, step: str, **answers: Any) -> CaseDraft:
    """Keep the answer to one question; others, perhaps of another tab, stay as they are. Raises `Gone`."""
    locked = _locked(draft)
    answered = [*locked.answered, step] if step not in locked.answered else locked.answered
    locked.body = json.dumps({**locked.answers, **answers, "answered": answered})
    locked.saved_at = clock.now()
    locked.save()
    return locked


@transaction.atomic
def add_evidence(*, draft: CaseDraft, files: list[tuple[str, bytes]]) -> None:
    """Keep cleaned files, encrypted: pairs of kind and content. Raises `Gone`, `Refused`."""
    locked = _locked(draft)
    if locked.evidence.count() + len(files) > MOST_FILES:
        raise Refused(_("Paling banyak %(most)s berkas. Sisanya dapat Anda susulkan.") % {"most": MOST_FILES},
                      field="bukti", code="too_many")  # fmt: skip
    for kind, content in files:
        Evidence.keep(content, draft=locked, kind=kind)


@transaction.atomic
def drop_evidence(*, draft: CaseDraft, pk: int) -> None:
    for row in _locked(draft).evidence.filter(pk=pk):
        _remove(row)


@transaction.atomic
def code_of(draft: CaseDraft) -> str:
    """The secret code that this report will have; made when first asked for, and the same until it is sent."""
    locked = _locked(draft)
    code: str = locked.answers.get("code", "")
    if not code:
        code = new_code()
        locked.body = json.dumps({**locked.answers, "code": code})
        locked.save(update_fields=["body"])
    return code


@transaction.atomic
def send(*, draft: CaseDraft, by: User | None) -> Case:
    """Make the draft a case, and leave nothing of the draft. `by`: who is signed in; kept only if they wished so.

    Raises `Gone` where it was sent already, `Refused` where something is missing.
    """
    locked = _locked(draft)
    answers = locked.answers
    if not set(NEEDED) <= set(locked.answered) or not answers.get("code"):
        raise Refused(_("Laporan ini belum lengkap. Kembali ke langkah yang belum dijawab."))
    reporter = by if by is not None and answers.get("named") else None
    case = receive(report=_report(answers), code=answers["code"], reporter=reporter)
    locked.evidence.update(draft=None, case=case)
    locked.delete()
    return case


def _report(answers: dict[str, Any]) -> Report:
    happened = answers.get("happened_on")
    return Report(
        kind=answers["kind"],
        text=answers["text"],
        region=Region.objects.get(code=answers["region"]),
        posts=answers["posts"],
        place=answers.get("place", ""),
        who=answers.get("who", ""),
        happened_on=date.fromisoformat(happened) if happened else None,
        organisation=Organisation.objects.filter(pk=answers.get("organisation_id") or 0).first(),
        organisation_name=answers.get("organisation", ""),
        thing=thing_of(answers.get("about", "")),
    )


@transaction.atomic
def discard(*, draft: CaseDraft) -> None:
    """Throw it away with everything that was sent for it."""
    locked = CaseDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is not None:
        for row in locked.evidence.all():
            _remove(row)
        locked.delete()


def forget_old_drafts() -> int:
    """Throw away what nobody went on with for 30 days; how many."""
    old = list(CaseDraft.objects.filter(saved_at__lt=clock.now() - timedelta(days=KEPT_DAYS)).order_by("pk"))
    for draft in old:
        discard(draft=draft)
    return len(old)


def _locked(draft: CaseDraft) -> CaseDraft:
    locked = CaseDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        raise Gone
    return locked


def _remove(row: Evidence) -> None:
    delete_after_commit(row.file)
    row.delete()

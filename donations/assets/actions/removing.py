"""Taking an asset off the list by a decision, and putting it back."""

from django.utils.translation import gettext as _

from accounts.actions import perform
from accounts.errors import Refused
from accounts.models import User
from donations.assets.due import next_check
from donations.assets.models import Asset


def write_off(*, asset: Asset, by: User | None, reason: str, document: str) -> Asset:
    """`document`: the number of the decision by which it is written off. Its record stays."""
    document = " ".join(document.split())
    if not document:
        raise Refused(_("Tulis nomor dokumen penghapusannya."), field="document")
    with perform(asset, "write_off", by=by, reason=reason, document=document) as act:
        act.subject.written_off_document, act.subject.next_check_on = document, None
    return act.subject


def restore(*, asset: Asset, by: User | None, reason: str) -> Asset:
    """It was found again, or the decision was wrong."""
    with perform(asset, "restore", by=by, reason=reason) as act:
        subject = act.subject
        subject.written_off_document = ""
        subject.next_check_on = next_check(subject.received_on, subject.checked_on, subject.condition)
    return act.subject

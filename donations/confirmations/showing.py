"""What the pages of a report are given about its confirmation, in words."""

from typing import Any

from accounts.models import User
from donations.confirmations.queries.results import beside_report
from donations.confirmations.wording import cancelled, sample_rows, side_row, verifier_row
from donations.handovers.models import Handover


def shown(handover: Handover, user: User | None) -> dict[str, Any]:
    """`confirmed` for the templates of this room; `user` None: what everybody may see."""
    found = beside_report(handover, user)
    if found is None:
        return {}
    sample, is_public = found["sample"], user is None
    named = "" if is_public else handover.delivery.executor.name
    rows = [side_row(side, name=named if side.is_deliverer else "") for side in found["sides"]]
    if not is_public and handover.verified_at is not None:
        rows.append(verifier_row(handover))
    # Each answer that comes in would show in the figures of a few: so they wait until all are there.
    told = sample is not None and (sample.draw.is_closed or found.get("is_officer", False))
    confirmed = {
        **found, "rows": rows, "draw": sample.draw if sample else None,
        "cancelled": cancelled(found["cancelled"], before=sample is not None),
        "sample_rows": sample_rows(sample) if sample and told else [],
    }  # fmt: skip
    return (
        {"confirmed": confirmed} if rows or sample or confirmed["cancelled"] or found.get("may_draw") else {}
    )

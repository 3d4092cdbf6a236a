"""Where one is in a flow of questions: which step of how many, the way back, and what is saved."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from regions.notation import when


def standing(
    step: str,
    path: Sequence[str],
    labels: Mapping[str, Promise],
    *,
    saved_at: datetime | None,
    url_of: Callable[[str], str] | None,
    passed: str = "",
    has_account: bool = False,
) -> dict[str, Any]:
    """What every page of a flow shows around its question, for templates/step.html.

    `saved_at`, `url_of`: None before anything is kept; then there is no way back yet. `passed`: a step that would
    lead straight back here, left out on the way back. `has_account`: nobody has to be told that none is needed yet.
    """
    place = path.index(step)
    before = path[place - 1] if place else ""
    if before and before == passed:
        before = path[place - 2]
    context: dict[str, Any] = {
        "step": step,
        "step_number": place + 1,
        "step_total": len(path),
        "step_label": labels[step],
        "saved_note": _saved(saved_at, has_account),
    }
    if url_of and before:
        context["back_url"] = url_of(before)
        context["back_label"] = _("Kembali ke %(step)s") % {"step": labels[before]}
    return context


def _saved(at: datetime | None, has_account: bool) -> str:
    if at is None and has_account:
        return _("Belum ada yang terkirim.")
    if at is None:
        return _("Belum perlu akun. Belum ada yang terkirim.")
    return _("Tersimpan %(time)s. Belum ada yang terkirim.") % {"time": when(timezone.localtime(at), "clock")}

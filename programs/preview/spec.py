"""What a preview says. The words and figures are those of the page; nothing here is drawn."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.models import AidType, Need, Program
from programs.queries import AidFigures
from programs.wording import aid_counted, figure_of, place_line, quantity_of
from regions import notation
from regions.queries import has_sample_data

WIDTH, HEIGHT = 1200, 630
# Counts up with every change of the drawing, so that pictures drawn before are not met again.
DRAWING = 1


@dataclass(frozen=True, slots=True)
class Preview:
    """One picture: `figure` with its `words` (`is_missing`: in the colour of what is missing), and the bar's parts.

    `parts` are the five of `programs.coverage.Coverage.parts`, or empty for a picture without a bar.
    """

    kind: str
    key: str
    language: str
    title: str
    foot: str = ""
    figure: str = ""
    words: str = ""
    is_missing: bool = False
    parts: tuple[int, ...] = ()
    sample: str = ""

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits of all that the picture says."""
        told = json.dumps([DRAWING, asdict(self)], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def href(self) -> str:
        return reverse("preview_picture", args=[self.language, self.kind, self.key, self.fingerprint])


def sample_words() -> str:
    """What a picture with invented figures has to say, or ""."""
    return _("data contoh") if has_sample_data() else ""


def site_preview() -> Preview:
    """For pages without figures of their own. Asks the database nothing."""
    return Preview(
        "situs",
        "ksbb",
        notation.language(),
        _("Bantuan Anda, sampai ke RW yang paling membutuhkan."),
        foot=_("Kebutuhan, bantuan yang sampai, dan buktinya, untuk siapa saja."),
    )


def need_preview(need: Need) -> Preview:
    """A need of `for_rows()`: what is still missing, and the bar."""
    return Preview(
        "kebutuhan",
        str(need.pk),
        notation.language(),
        _("%(what)s untuk %(who)s")
        % {"what": quantity_of(need.aid_type, need.target), "who": need.recipient_name},
        foot=f"{place_line(need.region)} · KSBB {need.program.title}",
        **coverage_told(need.aid_type, need.coverage.parts, need.missing),
        sample=sample_words(),
    )


def program_preview(program: Program, aid: AidType | None, figures: AidFigures | None) -> Preview:
    """A program, by the form of aid that leads its page."""
    told = (
        coverage_told(aid, figures.coverage_in(aid.unit_name).parts, figures.missing)
        if aid and figures
        else {}
    )
    return Preview(
        "program", program.code, notation.language(), f"KSBB {program.title}", foot=program.text("summary"),
        **told, sample=sample_words(),
    )  # fmt: skip


def leading(aid: Sequence[tuple[AidType, AidFigures]]) -> tuple[AidType, AidFigures] | tuple[None, None]:
    """The form of aid with the most needs: quantities of forms never add up, so a picture shows one."""
    return max(aid, key=lambda pair: pair[1].needs, default=(None, None))


def coverage_told(aid: AidType, parts: Sequence[int], missing: int) -> dict[str, Any]:
    """The figure, its words and the bar of one form of aid, as arguments of a `Preview`."""
    if missing:
        words = _("%(what)s masih kurang") % {"what": aid_counted(aid, missing)}
        return {
            "figure": figure_of(aid, missing), "words": words, "is_missing": True, "parts": tuple(parts),
        }  # fmt: skip
    received = parts[0] + parts[1]
    words = _("%(what)s sudah diterima") % {"what": aid_counted(aid, received)}
    return {"figure": figure_of(aid, received), "words": words, "parts": tuple(parts)}

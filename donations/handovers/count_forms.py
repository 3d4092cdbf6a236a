"""The form of what was counted, line by line, against what was sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.handovers.checks import tell_page
from donations.handovers.models import HandoverLine, Shortfall
from donations.handovers.naming import NAMING, Goods
from donations.handovers.writing import MORE_THAN_ATTENDED, NO_SESSION, Explained
from regions.amounts import ZeroField
from regions.notation import number

KINDS = ("good", "damaged", "missing")
MORE_THAN_SENT = _(
    "Terhitung %(counted)s, padahal yang dikirim dan belum dilaporkan %(most)s. Hitung sekali lagi."
)
OTHER_WORDS = _("Tulis sebabnya dengan kata-kata sendiri.")


class CountsForm(forms.Form):
    """Good, damaged and missing for each line, against what was sent and is not reported yet."""

    rest_later = forms.BooleanField(
        label=_("Sisanya menyusul dan akan saya laporkan kemudian"), required=False
    )

    def __init__(self, *args: Any, lines: Sequence[HandoverLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            say = naming(line)
            for kind, label, hint in say.kinds:
                name = field_name(line, kind)
                self.fields[name] = ZeroField(label=label, help_text=hint, required=False)
                count = getattr(line, kind)
                # An empty box asks to be filled in; a 0 that nobody wrote would look counted.
                self.initial[name] = count if line.counted else None
            if not line.counted and (attended := line.attended):
                self.initial[field_name(line, "good")] = min(attended, line.delivery_line.uncounted)
            self._ask_why(line, say)
        self.order_fields([name for name in self.fields if name != "rest_later"])

    def _ask_why(self, line: HandoverLine, say: Goods) -> None:
        """Why it is less than was sent, and what came beyond that."""
        reasons = [(one.value, one.label) for one in Shortfall if one in say.reasons or one == line.why]
        asked = {
            "why": forms.ChoiceField(
                label=say.why, required=False, choices=[("", _("Tidak kurang, atau pilih sebabnya")), *reasons],
                help_text=_("Ditampilkan kepada umum sebagai sebab saja, tanpa penjelasan."),
            ),
            "why_words": forms.CharField(
                label=_("Penjelasannya"), max_length=200, required=False, help_text=say.why_words,
            ),
            "extra": ZeroField(
                label=say.extra, required=False, help_text=_("Tidak ikut dihitung; pemeriksa diberi tahu."),
            ),
            "extra_words": forms.CharField(label=say.extra_words, max_length=200, required=False),
        }  # fmt: skip
        asked["why"].widget.attrs["data-needed"] = say.why_needed
        tell_page(asked["why_words"], "with", f"why={Shortfall.OTHER}", OTHER_WORDS)
        tell_page(asked["extra_words"], "with", "extra", say.extra_needed)
        for kind, field in asked.items():
            self.fields[field_name(line, kind)] = field
            self.initial[field_name(line, kind)] = getattr(line, kind) or None

    @property
    def counts(self) -> dict[int, tuple[int, int, int]]:
        """Delivery line's primary key → (good, damaged, missing). Only of a valid form."""
        return {line.delivery_line_id: self._of(line) for line in self.lines}

    @property
    def explained(self) -> dict[int, Explained]:
        """Delivery line's primary key → why it is so. Only of a valid form."""
        return {line.delivery_line_id: self._why(line) for line in self.lines}

    def _why(self, line: HandoverLine) -> Explained:
        told = {
            kind: self.cleaned_data.get(field_name(line, kind))
            for kind in ("why_words", "extra", "extra_words")
        }
        short = sum(self._of(line)[1:])
        return Explained(
            # A reason without a shortfall explains nothing.
            why=(self.cleaned_data.get(field_name(line, "why")) or "") if short else "",
            why_words=(told["why_words"] or "").strip() if short else "",
            extra=told["extra"] or 0,
            extra_words=(told["extra_words"] or "").strip() if told["extra"] else "",
        )

    def _of(self, line: HandoverLine) -> tuple[int, int, int]:
        good, damaged, missing = (self.cleaned_data.get(field_name(line, kind)) or 0 for kind in KINDS)
        return good, damaged, missing

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for line in self.lines:
            most, counted = line.delivery_line.uncounted, sum(self._of(line))
            if counted > most:
                self.add_error(
                    field_name(line, "good"),
                    MORE_THAN_SENT % {"counted": number(counted), "most": number(most)},
                )
        return cleaned

    def ask_for_the_rest(self) -> None:
        """Add what is wrong with a valid form that leaves something uncounted and does not say that it follows."""
        if not any(sum(self._of(line)) for line in self.lines):
            self.add_error(field_name(self.lines[0], "good"), naming(self.lines[0]).none_counted)
            return
        for line in self.lines:
            self._ask_for_sessions(line, self._of(line)[0])
            self._ask_for_reasons(line, self._why(line), sum(self._of(line)[1:]))
        if self.cleaned_data["rest_later"]:
            return
        for line in self.lines:
            left = line.delivery_line.uncounted - sum(self._of(line))
            if left:
                words = naming(line).left % {"left": number(left), "unit": _unit(line)}
                self.add_error(field_name(line, "missing"), words)

    def _ask_for_sessions(self, line: HandoverLine, good: int) -> None:
        if not naming(line).is_service or good <= line.attended:
            return
        told = {"good": number(good), "attended": number(line.attended)}
        self.add_error(field_name(line, "good"), MORE_THAN_ATTENDED % told if line.attended else NO_SESSION)

    def _ask_for_reasons(self, line: HandoverLine, told: Explained, short: int) -> None:
        if short and not told.why:
            self.add_error(field_name(line, "why"), naming(line).why_needed)
        elif told.why == Shortfall.OTHER and not told.why_words:
            self.add_error(field_name(line, "why_words"), OTHER_WORDS)
        if told.extra and not told.extra_words:
            self.add_error(field_name(line, "extra_words"), naming(line).extra_needed)

    @property
    def tallies(self) -> list[dict[str, Any]]:
        """For the page: each line with its three fields and the running sum of what stands in them."""
        found = []
        for line in self.lines:
            fields = [self[field_name(line, kind)] for kind in KINDS]
            total = sum(_shown(field.value()) for field in fields)
            found.append(
                {
                    "line": line,
                    "say": naming(line),
                    "words": self._words(line),
                    "fields": fields,
                    "total": total,
                    "expected": line.delivery_line.uncounted,
                    "why": [self[field_name(line, kind)] for kind in ("why", "why_words")],
                    "extra": [self[field_name(line, kind)] for kind in ("extra", "extra_words")],
                    "has_extra": bool(_shown(self[field_name(line, "extra")].value())),
                    "sessions": list(line.sessions.all()),
                }
            )
        return found

    def _words(self, line: HandoverLine) -> dict[str, str]:
        """What the page says of the sum, as the server would; %1 and %2 are figures that it knows."""
        most = number(line.delivery_line.uncounted)
        return {
            "over": MORE_THAN_SENT % {"counted": "%1", "most": most},
            "left": naming(line).left % {"left": "%1", "unit": _unit(line)},
            "unheld": str(NO_SESSION),
            "attended": MORE_THAN_ATTENDED % {"good": "%1", "attended": "%2"},
        }


def naming(line: HandoverLine) -> Goods:
    return NAMING[line.delivery_line.allocation.commitment.aid_type.kind]


def _unit(line: HandoverLine) -> str:
    return line.delivery_line.allocation.commitment.aid_type.unit_name


def field_name(line: HandoverLine, kind: str) -> str:
    return f"line_{line.delivery_line_id}_{kind}"


def _shown(value: Any) -> int:
    try:
        return ZeroField(required=False).clean(value)
    except forms.ValidationError:
        return 0

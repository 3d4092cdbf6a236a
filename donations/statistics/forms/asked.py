"""What an address asks for: said beside its field when it is wrong, and with which status."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

WELL_FORMED = re.compile(r"[\w.:,-]{1,60}", re.ASCII)
MONTH_FORM = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


class AskedForm(forms.Form):
    """A form by GET. A name that could exist and does not is 404; what can be no name at all is 400."""

    @property
    def status(self) -> int:
        """The status of the answer: 200, 404 or 400."""
        self.is_valid()
        wrong = [str(self.data.get(name, "")) for name in self.errors]
        return 200 if not wrong else 404 if all(WELL_FORMED.fullmatch(value) for value in wrong) else 400

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is wrong: the field's label, and why."""
        self.is_valid()
        return [
            (str(self.fields[name].label or name) if name in self.fields else "", " ".join(map(str, found)))
            for name, found in self.errors.items()
        ]

    def order_span(self, since: str, until: str) -> None:
        """Put two months into their order, and let one alone stand for both."""
        found = self.cleaned_data
        first, last = found.get(since) or found.get(until), found.get(until) or found.get(since)
        if first and last:
            found[since], found[until] = min(first, last), max(first, last)


class MonthField(forms.CharField):
    """ "2026-05", or empty."""

    default_error_messages = {"month": _("Tulis bulan seperti 2026-05.")}

    def clean(self, value: Any) -> str:
        month = str(super().clean(value)).strip()
        if month and not MONTH_FORM.fullmatch(month):
            raise forms.ValidationError(self.error_messages["month"], "month")
        return month

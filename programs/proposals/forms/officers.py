"""What moderators and the offices fill in."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.acting import SeenForm
from accounts.models import User
from accounts.verbs import Verb
from programs.models import Need, Program
from programs.proposals.models import Proposal
from programs.proposals.queries import needs_to_link
from programs.proposals.rules import Rule


class VerbForm(SeenForm):
    """A reason where the verb needs one, the rule where something is hidden, the text of an appeal."""

    rule = forms.ChoiceField(
        label=_("Aturan yang dilanggar"), choices=Rule, widget=forms.RadioSelect,
        error_messages={"required": _("Pilih aturan yang dilanggar.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Mengapa seharusnya tampil?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dibaca moderator lain, bukan yang menyembunyikannya."),
        error_messages={"required": _("Tuliskan keberatan Anda.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Penjelasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tuliskan alasannya.")},
    )  # fmt: skip

    def __init__(self, *args: Any, rule: Verb, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rule.name != "hide":
            del self.fields["rule"]
        if rule.name != "appeal":
            del self.fields["text"]
        if not rule.needs_reason:
            del self.fields["reason"]
        else:
            public = rule.name in ("hide", "close")
            self.fields["reason"].help_text = (
                gettext("Dibaca semua orang di tempatnya. Sopan, dan tanpa data pribadi.")
                if public
                else gettext("Dibaca pengusul dan para moderator, dan disimpan di riwayat.")
            )

    def words(self) -> dict[str, str]:
        """What the action wants besides the thing and who does it."""
        return {name: self.cleaned_data[name] for name in ("rule", "text", "reason") if name in self.fields}


class AnswerForm(SeenForm):
    """The official answer: what is decided, and the text that everybody reads."""

    verb = forms.ChoiceField(
        label=_("Keputusan"), widget=forms.RadioSelect, error_messages={"required": _("Pilih keputusannya.")}
    )
    program = forms.ModelChoiceField(
        Program.objects.all(), label=_("Dirujuk ke program"), required=False,
        help_text=_("Hanya kalau dirujuk ke program."), empty_label=_("pilih program"),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Jawaban"), max_length=2000, min_length=10, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Dibaca semua orang. Jelaskan alasannya dan langkah berikutnya."),
        error_messages={"required": _("Tuliskan jawabannya."), "min_length": _("Jelaskan sedikit lebih panjang.")},
    )  # fmt: skip

    def __init__(self, *args: Any, verbs: list[Verb], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [(verb.name, verb.label) for verb in verbs]  # type: ignore[attr-defined]
        if not any(verb.name == "refer" for verb in verbs):
            del self.fields["program"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("verb") == "refer" and not data.get("program"):
            self.add_error("program", _("Pilih programnya."))
        return data


class LinkForm(SeenForm):
    """A need of one's own area that came of the proposal, by its number."""

    need = forms.CharField(
        label=_("Nomor kebutuhan"), max_length=200,
        help_text=_("Misalnya K-2026-00012, yang sudah terbit di wilayah kerja Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "kebutuhan"}),
        error_messages={"required": _("Tulis nomor kebutuhannya.")},
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, subject=proposal, **kwargs)
        self.possible = needs_to_link(user, proposal)

    @property
    def suggestions(self) -> list[tuple[str, str]]:
        """The newest that may be linked, as options of a datalist."""
        return [
            (need.number, f"{need.recipient_name} · {need.aid_type.title}") for need in self.possible[:30]
        ]

    def clean_need(self) -> Need:
        match = re.match(r"\s*(?:K-\d{4}-)?0*(\d{1,9})\b", self.cleaned_data["need"], re.IGNORECASE)
        found = self.possible.filter(pk=int(match[1])).first() if match else None
        if found is None:
            raise forms.ValidationError(
                _("Tidak ada kebutuhan terbit dengan nomor itu di wilayah kerja Anda, atau sudah terhubung."),
                code="unknown",
            )
        return found

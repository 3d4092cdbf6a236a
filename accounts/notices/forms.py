"""Forms of notices."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.forms.phone import CodeForm, PhoneField
from accounts.models import User
from accounts.notices.actions.planning import preference_of
from accounts.notices.channels import channels
from accounts.notices.channels.whatsapp import number_of
from accounts.notices.kinds import Group
from accounts.notices.models import Channel, Pace
from accounts.notices.queries import groups_of
from accounts.phones import readable

ANY = ("", _("semua"))


class NoticeFilters(forms.Form):
    """By GET, never an error: what is not understood is left out."""

    tentang = forms.ChoiceField(label=_("Tentang"), required=False)
    lihat = forms.ChoiceField(
        label=_("Tampilkan"), required=False, choices=[ANY, ("baru", _("belum dibaca"))]
    )  # fmt: skip

    def __init__(self, data: Any, groups: list[Group]) -> None:
        super().__init__(data, auto_id="saring_%s")
        field = self.fields["tentang"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ANY, *((group.value, group.label) for group in groups)]
        self.full_clean()
        self.errors.clear()

    @property
    def group(self) -> str:
        return self.cleaned_data.get("tentang", "")

    @property
    def unread(self) -> bool:
        return self.cleaned_data.get("lihat") == "baru"


class PreferenceForm(forms.Form):
    """How to be told: language, pace, and of what by which channel. Channels without an address are left out."""

    language = forms.ChoiceField(
        label=_("Bahasa"),
        choices=settings.LANGUAGES,
        help_text=_("Bahasa pesan yang kami kirim kepada Anda."),
    )
    pace = forms.ChoiceField(
        label=_("Seberapa sering"), choices=Pace.choices, widget=forms.RadioSelect,
        help_text=_("Yang mendesak selalu dikirim saat itu juga."),
    )  # fmt: skip
    email = forms.MultipleChoiceField(
        label=_("Lewat surel"), required=False, widget=forms.CheckboxSelectMultiple
    )
    whatsapp = forms.MultipleChoiceField(
        label=_("Lewat WhatsApp"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tidak dikirim antara pukul 21.00 dan 06.00."),
    )  # fmt: skip
    contact_phone = PhoneField(
        label=_("Nomor yang boleh dihubungi petugas"), required=False,
        help_text=_("Terlihat hanya oleh petugas yang menangani ikrar Anda, untuk menelepon atau mengirim WhatsApp."),
    )  # fmt: skip

    def __init__(self, person: User, data: Any = None) -> None:
        choice = preference_of(person)
        self.groups = groups_of(person)
        self.kept_phone = choice.contact_phone
        names = [group.value for group in self.groups]
        initial = {
            "language": person.language, "pace": choice.pace, "contact_phone": readable(choice.contact_phone),
            "email": [name for name in names if choice.wants(name, Channel.EMAIL)],
            "whatsapp": [name for name in names if choice.wants(name, Channel.WHATSAPP)],
        }  # fmt: skip
        super().__init__(data, initial=initial)
        options = [
            (group.value, format_html('{}<span class="hint">{}</span>', group.label, group.help))
            for group in self.groups
        ]
        for name in ("email", "whatsapp"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = options
        names_open = {channel.name for channel in channels()}
        if not person.email:
            del self.fields["email"]
        self.may_have_whatsapp = Channel.WHATSAPP in names_open
        if not number_of(person) or not self.may_have_whatsapp:
            del self.fields["whatsapp"]
        if Group.GIVING not in self.groups:
            del self.fields["contact_phone"]

    def chosen(self) -> dict[str, Any]:
        """What `choose` takes. A channel that was not shown keeps what it had."""
        values = self.cleaned_data
        return {
            "shown": [group.value for group in self.groups],
            "language": values["language"],
            "pace": values["pace"],
            "email": values.get("email", self.initial["email"]),
            "whatsapp": values.get("whatsapp", self.initial["whatsapp"]),
            "contact_phone": values.get("contact_phone", self.kept_phone),
        }


class NumberForm(forms.Form):
    phone = PhoneField(
        label=_("Nomor WhatsApp"), help_text=_("Kami mengirim kode enam angka ke sana. Boleh diawali 08 atau +62."),
    )  # fmt: skip


class NumberCodeForm(CodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Kode dari WhatsApp")
        self.fields["code"].help_text = _("Enam angka, berlaku sepuluh menit.")

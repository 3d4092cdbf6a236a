from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.naming import name_as_written
from accounts.queries import reach
from accounts.roles import Permission
from regions import queries
from regions.codes import Level
from regions.models import Region, SiteKind

MOST = 12


class SiteForm(forms.Form):
    """An institution; the RW or village it lies in is looked for, as in appointments."""

    name = forms.CharField(label=_("Nama"), max_length=160, error_messages={"required": _("Tulis namanya.")})
    kind = forms.ChoiceField(label=_("Jenis"), choices=[("", _("pilih")), *SiteKind.choices],
                             error_messages={"required": _("Pilih jenisnya.")})  # fmt: skip
    q = forms.CharField(
        label=_("Cari RW atau kelurahannya"),
        help_text=_("Nama atau kode wilayah."),
        max_length=100,
        error_messages={"required": _("Cari dan pilih dulu letaknya.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    region = forms.ChoiceField(
        label=_("Letak"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu."),
            "invalid_choice": _("Wilayah ini di luar wilayah kerja Anda."),
        },
    )
    address = forms.CharField(
        label=_("Alamat"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    residents = forms.IntegerField(
        label=_("Penghuni"), min_value=0, max_value=100_000, required=False, localize=True,
        help_text=_("Berapa orang yang tinggal atau belajar di sana."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, by: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        text, chosen = (self[name].value() or "" for name in ("q", "region"))
        reachable = Region.objects.filter(
            reach.regions(by, Permission.SITE_MANAGE), level__in=(Level.VILLAGE, Level.RW)
        )
        offered = list(reachable.filter(code=chosen)) if chosen else []
        if str(text).strip():
            found = queries.search(text).filter(
                reach.regions(by, Permission.SITE_MANAGE), level__in=(Level.VILLAGE, Level.RW)
            )
            offered += [region for region in found[:MOST] if region.code != chosen]
        self.offered = {region.code: region for region in offered}
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (region.code, format_html("{}<span class='hint'>{}</span>", region.full_name, region.code))
            for region in offered
        ]
        if not offered:
            del self.fields["region"]
        elif chosen:
            self.fields["q"].required = False

    @property
    def wants_places(self) -> bool:
        return bool(self.data.get("cari"))

    def search_only(self) -> None:
        """Show the places that fit and nothing of what is still missing."""
        self.full_clean()
        self.errors.clear()
        if not self.offered:
            self.add_error(
                "q", _now("Tidak ada yang cocok di wilayah kerja Anda. Coba nama lain atau kodenya.")
            )

    def clean_name(self) -> str:
        return name_as_written(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "region" not in self.fields and "q" not in self.errors:
            self.add_error("q", _now("Wilayah ini di luar wilayah kerja Anda."))
        return data

    def facts(self) -> dict[str, Any]:
        """What a valid form says about the site."""
        data = {name: self.cleaned_data[name] for name in ("name", "kind", "address", "residents")}
        return data | {"region": self.offered[self.cleaned_data["region"]]}

"""The questions of the pledge flow, one form a page."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Organisation
from donations.pledges.models import FundSource, PledgeDraft, RepeatWish, Route
from donations.pledges.queries import missing_within, permitted_aggregators
from donations.pledges.wording import doubt, too_many
from programs.models import AidType, Need
from programs.models.programs import AidKind
from regions.amounts import AmountField
from regions.models import Region
from regions.notation import when

QUICK = "jumlah_cepat"
# Carries the number that its sender has been asked about and stands by.
SURE = "yakin"
LONGEST_WAIT = timedelta(days=730)


class QuantityForm(forms.Form):
    """How much; at most what the need still misses. A quick choice replaces what was typed."""

    jumlah = AmountField()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        aid_type: AidType,
        need: Need | None,
        region: Region | None = None,
        **kwargs: Any,
    ) -> None:
        self.need, self.aid_type = need, aid_type
        self.quick = bool(data and data.get(QUICK))
        self.too_many = False
        self.region = region
        self.doubted: int | None = None
        if data is not None and self.quick:
            data = data.copy()
            data["jumlah"] = data.get(QUICK) or ""
        super().__init__(data, **kwargs)
        field = self.fields["jumlah"]
        money = aid_type.kind == AidKind.MONEY
        unit = gettext("rupiah") if money else aid_type.unit_name
        field.label = (
            gettext("Berapa rupiah yang ingin Anda ikrarkan?")
            if money
            else gettext("Berapa %(unit)s yang ingin Anda ikrarkan?") % {"unit": unit}
        )
        field.widget.attrs |= {"data-unit": unit, "aria-describedby": "jumlah-s", "maxlength": "40"}

    def clean_jumlah(self) -> int:
        quantity: int = self.cleaned_data["jumlah"]
        if self.need is not None and quantity > self.need.missing:
            self.too_many = True
            raise ValidationError(too_many(quantity, self.need), code="too_many")
        asked = doubt_of(quantity, self.aid_type, self.data.get(SURE), self.need, self.region)
        if asked:
            self.doubted = quantity
            raise ValidationError(asked, code="doubt")
        return quantity

    @property
    def typed(self) -> int | None:
        """The number that stands in the field, if it is one."""
        raw = self["jumlah"].value()
        try:
            return AmountField().clean(raw)
        except ValidationError:
            return None

    def answers(self) -> dict[str, Any]:
        return {"quantity": self.cleaned_data["jumlah"]}


def doubt_of(
    quantity: int, aid_type: AidType, sure: str | None, need: Need | None = None, region: Region | None = None
) -> str:
    """The question that a number far from what is usual gets, unless its sender has stood by it already."""
    if sure == str(quantity):
        return ""
    missing = missing_within(aid_type, region) if region is not None and need is None else None
    return doubt(quantity, aid_type, missing, region)


class RouteForm(forms.Form):
    """Directly, or through one of the aggregators whose permit is in force today; money only through these."""

    DIRECT = "langsung"
    cara = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": _("Pilih salah satu cara.")}
    )

    def __init__(self, data: QueryDict | None = None, *, draft: PledgeDraft, **kwargs: Any) -> None:
        chosen = ""
        if draft.route == Route.DIRECT:
            chosen = self.DIRECT
        elif draft.aggregator_id:
            chosen = str(draft.aggregator_id)
        super().__init__(data, initial={"cara": chosen}, **kwargs)
        self.permits = {str(permit.organisation_id): permit for permit in permitted_aggregators()}
        field = self.fields["cara"]
        assert isinstance(field, forms.ChoiceField)
        field.label = gettext("Bagaimana bantuannya sampai?")
        field.error_messages["invalid_choice"] = gettext(
            "Izin agregator ini sedang tidak berlaku. Pilih cara lain; isian Anda tetap tersimpan."
        )
        ourselves = (
            _labelled(
                gettext("Kami laksanakan sendiri"),
                gettext("Anda melaksanakannya bagi penerima sesudah asesor menerima ikrar ini."),
            )
            if draft.is_service
            else _labelled(
                gettext("Kami kirim sendiri"),
                gettext("Anda mengantar ke penerima sesudah asesor menerima ikrar ini."),
            )
        )
        direct = (self.DIRECT, ourselves)
        field.choices = [
            *([] if draft.holds_money else [direct]),
            *(
                (
                    key,
                    _labelled(
                        gettext("Melalui %(name)s") % {"name": permit.organisation.name},
                        gettext("Izin PUB %(number)s, %(issuer)s, berlaku sampai %(until)s")
                        % {
                            "number": permit.number,
                            "issuer": permit.issuer,
                            "until": when(permit.valid_until, "day"),
                        },
                    ),
                )
                for key, permit in self.permits.items()
            ),
        ]

    def answers(self) -> dict[str, Any]:
        chosen = self.cleaned_data["cara"]
        if chosen == self.DIRECT:
            return {"route": Route.DIRECT, "aggregator": None}
        return {"route": Route.AGGREGATOR, "aggregator": self.permits[chosen].organisation}


class SourceForm(forms.Form):
    """Where the money comes from."""

    sumber = forms.ChoiceField(
        label=_("Dari mana sumber dananya?"),
        choices=FundSource,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu sumber dana.")},
    )

    def __init__(self, data: QueryDict | None = None, *, draft: PledgeDraft, **kwargs: Any) -> None:
        super().__init__(data, initial={"sumber": draft.source}, **kwargs)

    def answers(self) -> dict[str, Any]:
        return {"source": self.cleaned_data["sumber"]}


class ScheduleForm(forms.Form):
    """When it is planned to arrive (may stay open), whether it comes again, and a word to the assessor."""

    tanggal = forms.DateField(
        label=_("Kapan rencana kirimnya?"),
        help_text=_("Belum pasti? Kosongkan saja; tanggalnya ditentukan bersama asesor."),
        required=False,
        error_messages={"invalid": _("Tulis tanggalnya lengkap, misalnya 15/12/2026.")},
    )

    ulang = forms.ChoiceField(
        label=_("Berulang?"),
        help_text=_("Tiap ulangan diberitahukan seminggu sebelumnya, dan dapat Anda lewati atau akhiri."),
        choices=[("", _("sekali saja")), *RepeatWish.choices],
        required=False,
    )
    pesan = forms.CharField(
        label=_("Pesan kepada asesor"),
        help_text=_("Misalnya nama dan nomor yang dapat dihubungi, atau keterangan barang."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None = None, *, draft: PledgeDraft, **kwargs: Any) -> None:
        kept = {"tanggal": draft.schedule, "ulang": draft.repeat, "pesan": draft.note}
        super().__init__(data, initial=kept, **kwargs)
        if draft.is_service:
            self.fields["tanggal"].label = gettext("Kapan rencananya dilaksanakan?")
        self.fields["tanggal"].widget = forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "min": clock.today().isoformat()}
        )

    def clean_tanggal(self) -> date | None:
        day: date | None = self.cleaned_data["tanggal"]
        if day is not None and day < clock.today():
            raise ValidationError(_("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."), code="past")
        if day is not None and day > clock.today() + LONGEST_WAIT:
            raise ValidationError(_("Pilih tanggal dalam dua tahun ke depan."), code="far")
        return day

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"schedule": data["tanggal"], "repeat": data["ulang"], "note": data["pesan"]}


class NameForm(forms.Form):
    """Whether the giver may be named for this pledge."""

    sebut = forms.ChoiceField(
        label=_("Boleh nama Anda disebut?"),
        help_text=_("Di halaman kebutuhan dan di berita acara. Jumlah bantuannya tetap tampil."),
        choices=[
            ("ya", _("Ya, sebut nama kami")),
            ("tidak", _("Tidak; tampilkan sebagai “Tidak ingin disebut”")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )

    def __init__(self, data: QueryDict | None = None, *, draft: PledgeDraft, **kwargs: Any) -> None:
        named = ("ya" if draft.may_be_named else "tidak") if "nama" in draft.answered else ""
        super().__init__(data, initial={"sebut": named}, **kwargs)

    def answers(self) -> dict[str, Any]:
        return {"may_be_named": self.cleaned_data["sebut"] == "ya"}


class OrganisationForm(forms.Form):
    """For which of one's organisations."""

    organisasi = forms.ChoiceField(
        label=_("Atas nama siapa Anda berikrar?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu."), "invalid_choice": _("Pilih salah satu.")},
    )

    def __init__(
        self, data: QueryDict | None = None, *, organisations: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.by_key = {str(one.pk): one for one in organisations}
        field = self.fields["organisasi"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (key, _labelled(one.name, str(one.get_collaborator_kind_display())))
            for key, one in self.by_key.items()
        ]

    def answers(self) -> dict[str, Any]:
        return {"organisation": self.by_key[self.cleaned_data["organisasi"]]}


class AgreementForm(forms.Form):
    """Consent to the letter that was shown, by the button under it; `surat` tells which letter that was."""

    surat = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, *, letter: str, **kwargs: Any) -> None:
        super().__init__(data, initial={"surat": letter}, **kwargs)
        self.letter = letter

    def clean_surat(self) -> str:
        if self.cleaned_data["surat"] != self.letter:
            raise ValidationError(
                _("Isian Anda berubah sejak halaman ini dibuka. Baca suratnya sekali lagi, lalu setujui."),
                code="changed",
            )
        return self.letter

    def shown_anew(self) -> "AgreementForm":
        """The same errors beside the letter as it is now."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["surat"] = self.letter
        self.data = data
        return self


def _labelled(name: str, hint: str) -> str:
    return format_html('<b>{}</b><span class="hint">{}</span>', name, hint)

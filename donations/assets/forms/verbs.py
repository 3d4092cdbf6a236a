"""What is asked when something is done with an asset, one form a verb."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import photos
from accounts.acting import SeenForm
from accounts.errors import Refused
from donations.assets import queries
from donations.assets.models import Asset
from donations.assets.models.assets import CONDITIONS, OWNERS
from programs.queries.recipients import Recipient
from regions.amounts import AmountField

REASON = {"required": _("Tuliskan alasannya.")}
PRIVATE_NAME = _("Hanya dilihat pengurus dan petugas; tidak pernah tampil untuk umum.")


class PhotoField(forms.FileField):
    """A photo, read and encoded anew; what cannot be read is refused beside the field."""

    def __init__(self, **kwargs: Any) -> None:
        # Named one by one, so that an iPhone turns its HEIC into JPEG by itself.
        widget = forms.FileInput(
            attrs={
                "accept": "image/jpeg,image/png,image/webp,image/heic,image/heif",
                "capture": "environment",
            }
        )
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> photos.Photo | None:
        upload: UploadedFile | None = super().clean(data, initial)
        if upload is None:
            return None
        try:
            return photos.clean(upload, upload.size)
        except Refused as error:
            raise forms.ValidationError(error.messages, code="photo") from error


class DescribeForm(SeenForm):
    """What it is, where it stands and who looks after it; whose it is only the first time."""

    serial = forms.CharField(
        label=_("Nomor seri"), max_length=80, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Biasanya pada stiker di belakang atau di bawah barang. Umum hanya melihat tiga huruf terakhirnya."),
    )  # fmt: skip
    brand = forms.CharField(label=_("Merek dan tipe"), max_length=120, required=False)
    description = forms.CharField(
        label=_("Keterangan barang"), max_length=200, required=False,
        help_text=_("Misalnya warna, ukuran, atau kelengkapannya. Tampil untuk umum: tanpa nama orang."),
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Milik siapa"), choices=OWNERS, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Letak barang"), max_length=200, required=False,
        help_text=_("Misalnya: ruang guru, balai warga RW 03."),
    )  # fmt: skip
    custodian = forms.CharField(
        label=_("Jabatan penanggung jawab"), max_length=150, required=False,
        help_text=_("Misalnya: Ketua RW 03, wakil kepala sekolah."),
    )  # fmt: skip
    custodian_name = forms.CharField(
        label=_("Nama penanggung jawab"), max_length=150, required=False, help_text=PRIVATE_NAME
    )
    photo = PhotoField(
        label=_("Foto barang"),
        help_text=_("Tampil untuk umum: barangnya saja, tanpa wajah dan tanpa nomor seri."),
    )

    def __init__(self, *args: Any, subject: Asset, **kwargs: Any) -> None:
        names = ("serial", "brand", "description", "owner", "place", "custodian", "custodian_name")
        super().__init__(
            *args, subject=subject, initial={name: getattr(subject, name) for name in names}, **kwargs
        )
        if subject.described_at:
            del self.fields["owner"]
        if subject.is_lot:
            del self.fields["serial"]


class CheckForm(SeenForm):
    condition = forms.ChoiceField(
        label=_("Bagaimana keadaannya?"), choices=CONDITIONS, widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )  # fmt: skip
    note = forms.CharField(
        label=_("Catatan"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib kalau tidak baik: apa yang rusak, atau sejak kapan hilang. Dibaca petugas saja."),
    )  # fmt: skip
    photo = PhotoField(label=_("Foto barang sekarang"), help_text=_("Untuk petugas saja."))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("condition") not in (None, "good") and not (found.get("note") or "").strip():
            self.add_error("note", gettext("Tuliskan apa yang rusak, atau sejak kapan hilang."))
        return found


class SplitForm(SeenForm):
    count = AmountField(label=_("Berapa yang dipisahkan?"))


class HandOverForm(SeenForm):
    """Where it goes, whose it will be, who will look after it. A place that is not plain is asked about."""

    to = forms.CharField(
        label=_("Ke mana"), max_length=250, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Nama RW, lembaga, atau kelurahan, atau kode wilayahnya. Biarkan kalau tempatnya tetap."),
        error_messages={"required": _("Tulis ke mana aset ini dialihkan.")},
    )  # fmt: skip
    chosen = forms.ChoiceField(
        label=_("Pilih tujuannya"), widget=forms.RadioSelect,
        error_messages={"required": _("Ada beberapa yang cocok. Pilih salah satu.")},
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Menjadi milik siapa"), choices=OWNERS)
    place = forms.CharField(label=_("Letak barang di sana"), max_length=200, required=False)
    custodian = forms.CharField(label=_("Jabatan penanggung jawab di sana"), max_length=150, required=False)
    custodian_name = forms.CharField(
        label=_("Nama penanggung jawab"), max_length=150, required=False, help_text=PRIVATE_NAME
    )
    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), error_messages=REASON,
        help_text=_("Dasar pengalihannya, misalnya nomor surat. Dibaca kedua pihak."),
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Asset, **kwargs: Any) -> None:
        here = Recipient(subject.region, subject.site).written
        super().__init__(*args, subject=subject, initial={"to": here, "owner": subject.owner}, **kwargs)
        self.found: Recipient | None = None
        self.nowhere = False
        if not self.is_bound:
            del self.fields["chosen"]
            return
        self.found, fits = queries.destination(self.data.get("to", ""))
        self.nowhere = self.found is None and not fits
        if not fits:
            del self.fields["chosen"]
            return
        # What was ticked counts only for what is typed now.
        chosen = self.data.get("chosen")
        self.found = next((one for one in fits if one.written == chosen), None)
        choice: Any = self.fields["chosen"]
        choice.choices = [(one.written, _named(one)) for one in fits]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.nowhere and "to" not in self.errors:
            self.add_error(
                "to", gettext("Tidak ada RW, lembaga, atau wilayah seperti itu. Tulis nama atau kodenya.")
            )
        return found

    def asked(self) -> dict[str, Any]:
        """What `hand_over` takes. Only of a valid form."""
        assert self.found is not None
        names = ("owner", "place", "custodian", "custodian_name", "reason")
        return {"region": self.found.region, "site": self.found.site} | {
            n: self.cleaned_data[n] for n in names
        }


def _named(one: Recipient) -> str:
    """ "RW 03 Manggarai, Tebet": where it lies, without its own name a second time."""
    name = str(one.site or one.region.full_name or one.region.name)
    above = [part for part in one.place.split(", ") if part and part not in name]
    return ", ".join([name, *above])


class ReasonForm(SeenForm):
    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), error_messages=REASON,
        help_text=_("Tersimpan dalam riwayat aset ini."),
    )  # fmt: skip


class WriteOffForm(ReasonForm):
    document = forms.CharField(
        label=_("Nomor dokumen penghapusan"), max_length=120,
        help_text=_("Surat keputusan atau berita acara penghapusan."),
        error_messages={"required": _("Tulis nomor dokumen penghapusannya.")},
    )  # fmt: skip
    field_order = ("seen", "document", "reason")


class EmptyForm(SeenForm):
    """A button that is pressed once."""

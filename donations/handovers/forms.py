"""Forms of a handover report, one a step. What they hold is kept at each step; verbs check it again."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import clock
from donations.deliveries.forms import DayField
from donations.handovers.actions import BEFORE_DISPATCH, MOST_PHOTOS, NOT_YET, TOO_MANY_PHOTOS
from donations.handovers.checks import tell_page
from donations.handovers.models import Handover
from donations.handovers.naming import Goods

SAME_PERSON = _("Saksi harus orang lain daripada yang menerima.")
NO_WITNESS = _("Tulis nama saksinya, atau sebabnya kalau tidak ada saksi.")


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosForm(forms.Form):
    """Any number of photos; each is read, or refused, on its own by the view."""

    def __init__(self, *args: Any, say: Goods, kept: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photos = self.fields["photos"]
        if kept:
            photos.label = _("Tambah foto lagi")
        else:
            photos.widget.attrs["data-needed"] = say.photos_needed
        photos.widget.attrs["data-saved"] = kept
        tell_page(photos, "most", MOST_PHOTOS, TOO_MANY_PHOTOS % {"most": MOST_PHOTOS})

    photos = forms.FileField(
        label=_("Tambah foto"),
        required=False,
        widget=PhotosInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"}),
        help_text=_(
            "JPEG, PNG, WebP, atau HEIC, paling besar 15 MB sebuah. Boleh memilih beberapa sekaligus."
        ),
    )


class PartiesForm(forms.ModelForm):
    """Who received, and who saw it, or why nobody did. On the document only, never on a public page."""

    no_witness = forms.CharField(label=_("Tidak ada saksi? Tulis sebabnya"), max_length=150, required=False)

    class Meta:
        model = Handover
        fields = ("receiver_name", "receiver_position", "witness_name", "witness_position")
        labels = {
            "receiver_name": _("Nama yang menerima"),
            "receiver_position": _("Jabatannya"),
            "witness_name": _("Nama saksi"),
            "witness_position": _("Jabatan atau hubungan saksi"),
        }
        help_texts = {
            "receiver_position": _("Misalnya: Ketua RW 03, bendahara panti"),
            "witness_name": _("Sebaiknya bukan pengurus yang sama: petugas kelurahan, Ketua RT, atau warga."),
        }

    def __init__(self, *args: Any, say: Goods, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["no_witness"].help_text = say.no_witness
        tell_page(self.fields["witness_name"], "unlike", "receiver_name", SAME_PERSON)
        tell_page(self.fields["witness_name"], "or", "no_witness", NO_WITNESS)
        for name, message in (
            ("receiver_name", _("Tulis siapa yang menerima.")),
            ("receiver_position", _("Tulis jabatan yang menerima.")),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = message
        if self.instance.why_no_witness:
            self.initial.update(no_witness=self.instance.why_no_witness, witness_position="")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        receiver, witness = (
            " ".join((cleaned.get(f"{who}_name") or "").lower().split()) for who in ("receiver", "witness")
        )
        if witness and witness == receiver:
            self.add_error("witness_name", SAME_PERSON)
        if (
            not witness
            and not (cleaned.get("no_witness") or "").strip()
            and "witness_name" not in self.errors
        ):
            self.add_error("witness_name", NO_WITNESS)
        return cleaned

    @property
    def details(self) -> dict[str, Any]:
        """What `actions.save` keeps. Only of a valid form."""
        wanted = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if not wanted["witness_name"]:
            wanted["witness_position"] = self.cleaned_data["no_witness"]
        return wanted


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class PlaceForm(forms.Form):
    """Where and when it arrived, the phone's position if it was given, and a word on it."""

    place = forms.CharField(
        max_length=200,
        help_text=_("Misalnya: balai warga RW 03. Ditampilkan kepada umum: tanpa nama orang."),
    )
    day = DayField()
    time = forms.TimeField(
        widget=TimeInput,
        input_formats=("%H:%M", "%H.%M", "%H:%M:%S"),
        error_messages={"invalid": _("Tulis jamnya, misalnya 09.30.")},
    )
    latitude = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(widget=forms.HiddenInput, required=False, min_value=-180, max_value=180)
    forget_position = forms.BooleanField(label=_("Hapus posisi yang tersimpan"), required=False)
    note = forms.CharField(
        label=_("Catatan untuk pemeriksa"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tidak ditampilkan kepada umum."),
    )

    def __init__(self, *args: Any, handover: Handover, say: Goods, place: str = "", **kwargs: Any) -> None:
        arrived = timezone.localtime(handover.arrived_at or clock.now())
        kwargs["initial"] = {
            "place": handover.place or place,
            "day": arrived.date(),
            "time": arrived.time(),
            "latitude": repr(handover.latitude) if handover.latitude is not None else "",
            "longitude": repr(handover.longitude) if handover.longitude is not None else "",
            "note": handover.note,
        }
        super().__init__(*args, **kwargs)
        for name in ("place", "day", "time"):
            self.fields[name].label = getattr(say, name)
            self.fields[name].error_messages["required"] = getattr(say, f"{name}_needed")
        tell_page(self.fields["day"], "past", "", NOT_YET)
        if sent := handover.delivery.dispatched_at:
            first = timezone.localtime(sent).date().isoformat()
            tell_page(self.fields["day"], "from", first, BEFORE_DISPATCH)
        if handover.arrived_at is None:
            # A page that waited on a phone offers the time of its use.
            for name in ("day", "time"):
                self.fields[name].widget.attrs["data-now"] = ""
        if handover.latitude is None:
            del self.fields["forget_position"]

    @property
    def details(self) -> dict[str, Any]:
        """What `actions.save` keeps. Only of a valid form."""
        wanted = self.cleaned_data
        latitude, longitude = wanted["latitude"], wanted["longitude"]
        if wanted.get("forget_position") or latitude is None or longitude is None:
            latitude = longitude = None
        return {
            "place": wanted["place"],
            "arrived_at": timezone.make_aware(datetime.combine(wanted["day"], wanted["time"])),
            "latitude": latitude,
            "longitude": longitude,
            "note": wanted["note"],
        }


class StatementForm(forms.Form):
    """What stands for the signature until the paper is signed."""

    agreed = forms.BooleanField(
        label=_("Jumlah, foto, dan keterangan di atas sesuai dengan yang saya lihat dan hitung sendiri."),
        error_messages={
            "required": _("Beri tanda kalau sudah sesuai. Kalau belum, perbaiki dulu bagiannya.")
        },
    )


class VerifyForm(forms.Form):
    note = forms.CharField(
        label=_("Catatan pemeriksaan"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, asks: str = "", **kwargs: Any) -> None:
        """`asks`: why it cannot be verified without a note."""
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["note"].required = True
            self.fields["note"].help_text = asks
            self.fields["note"].error_messages["required"] = _("Tuliskan alasannya.")


class LookupForm(forms.Form):
    """A report by the code on its paper, or by its number."""

    q = forms.CharField(label=_("Kode atau nomor"), max_length=100, required=False)

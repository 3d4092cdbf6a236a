"""Forms of a handover report, one a step. What they hold is kept at each step; verbs check it again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import clock
from donations.deliveries.forms import DayField
from donations.handovers.models import Handover, HandoverLine, Shortfall
from donations.handovers.writing import Explained
from programs.models import AidKind
from regions.amounts import ZeroField
from regions.notation import number

KINDS = (
    ("good", _("Baik"), _("utuh, layak, belum kedaluwarsa")),
    ("damaged", _("Rusak"), _("sobek, basah, basi")),
    ("missing", _("Tidak ada"), _("tertulis, tetapi tidak sampai")),
)
SERVICE_HINTS = {
    "good": _("terlaksana, dengan yang hadir"),
    "damaged": _("terlaksana, tetapi tidak layak"),
    "missing": _("tidak terlaksana, atau tidak hadir"),
}


class CountsForm(forms.Form):
    """Good, damaged and missing for each line, against what was sent and is not reported yet."""

    rest_later = forms.BooleanField(
        label=_("Sisanya menyusul dan akan saya laporkan kemudian"), required=False
    )

    def __init__(self, *args: Any, lines: Sequence[HandoverLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            is_service = line.delivery_line.allocation.commitment.aid_type.kind == AidKind.SERVICE
            for kind, label, goods_hint in KINDS:
                name = field_name(line, kind)
                hint = SERVICE_HINTS[kind] if is_service else goods_hint
                self.fields[name] = ZeroField(label=label, help_text=hint, required=False)
                count = getattr(line, kind)
                # An empty box asks to be filled in; a 0 that nobody wrote would look counted.
                self.initial[name] = count if line.counted else None
            if not line.counted and (attended := sum(one.attended for one in line.sessions.all())):
                self.initial[field_name(line, "good")] = min(attended, line.delivery_line.uncounted)
            self._ask_why(line)
        self.order_fields([name for name in self.fields if name != "rest_later"])

    def _ask_why(self, line: HandoverLine) -> None:
        """Why it is less than was sent, and what came beyond that."""
        asked = {
            "why": forms.ChoiceField(
                label=_("Mengapa kurang dari kiriman"), required=False,
                choices=[("", _("Tidak kurang, atau pilih sebabnya")), *Shortfall.choices],
                help_text=_("Ditampilkan kepada umum sebagai sebab saja, tanpa penjelasan."),
            ),
            "why_words": forms.CharField(
                label=_("Penjelasannya"), max_length=200, required=False,
                help_text=_("Misalnya: kardus basah karena hujan ketika dibongkar. Dibaca petugas saja."),
            ),
            "extra": ZeroField(
                label=_("Yang datang lebih dari kiriman"), required=False,
                help_text=_("Tidak ikut dihitung; pemeriksa diberi tahu."),
            ),
            "extra_words": forms.CharField(label=_("Apa yang lebih"), max_length=200, required=False),
        }  # fmt: skip
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
        good, damaged, missing = (self.cleaned_data.get(field_name(line, kind)) or 0 for kind, *_r in KINDS)
        return good, damaged, missing

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for line in self.lines:
            most, counted = line.delivery_line.uncounted, sum(self._of(line))
            if counted > most:
                self.add_error(
                    field_name(line, "good"),
                    _now(
                        "Terhitung %(counted)s, padahal yang dikirim dan belum dilaporkan %(most)s. Hitung sekali lagi."
                    )
                    % {"counted": number(counted), "most": number(most)},
                )
        return cleaned

    def ask_for_the_rest(self) -> None:
        """Add what is wrong with a valid form that leaves something uncounted and does not say that it follows."""
        if not any(sum(self._of(line)) for line in self.lines):
            self.add_error(field_name(self.lines[0], "good"), _now("Tulis berapa yang tiba."))
            return
        for line in self.lines:
            self._ask_for_reasons(line, self._why(line), sum(self._of(line)[1:]))
        if self.cleaned_data["rest_later"]:
            return
        for line in self.lines:
            left = line.delivery_line.uncounted - sum(self._of(line))
            if left:
                unit = line.delivery_line.allocation.commitment.aid_type.unit_name
                self.add_error(
                    field_name(line, "missing"),
                    _now("Masih %(left)s %(unit)s belum terhitung. Kalau tidak ikut tiba, tulis di “Tidak ada”; "
                         "kalau menyusul, beri tanda di bawah.")
                    % {"left": number(left), "unit": unit},
                )  # fmt: skip

    def _ask_for_reasons(self, line: HandoverLine, told: Explained, short: int) -> None:
        if short and not told.why:
            self.add_error(field_name(line, "why"), _now("Pilih sebabnya ada yang rusak atau tidak ada."))
        elif told.why == Shortfall.OTHER and not told.why_words:
            self.add_error(field_name(line, "why_words"), _now("Tulis sebabnya dengan kata-kata sendiri."))
        if told.extra and not told.extra_words:
            self.add_error(field_name(line, "extra_words"), _now("Tulis apa yang lebih dari kiriman."))

    @property
    def tallies(self) -> list[dict[str, Any]]:
        """For the page: each line with its three fields and the running sum of what stands in them."""
        found = []
        for line in self.lines:
            fields = [self[field_name(line, kind)] for kind, *_rest in KINDS]
            total = sum(_shown(field.value()) for field in fields)
            found.append(
                {
                    "line": line,
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


def field_name(line: HandoverLine, kind: str) -> str:
    return f"line_{line.delivery_line_id}_{kind}"


def _shown(value: Any) -> int:
    try:
        return ZeroField(required=False).clean(value)
    except forms.ValidationError:
        return 0


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosForm(forms.Form):
    """Any number of photos; each is read, or refused, on its own by the view."""

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

    no_witness = forms.CharField(
        label=_("Tidak ada saksi? Tulis sebabnya"), max_length=150, required=False,
        help_text=_("Misalnya: barang tiba malam hari, tidak ada orang lain di balai warga."),
    )  # fmt: skip

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
            self.add_error("witness_name", _now("Saksi harus orang lain daripada yang menerima."))
        if (
            not witness
            and not (cleaned.get("no_witness") or "").strip()
            and "witness_name" not in self.errors
        ):
            self.add_error("witness_name", _now("Tulis nama saksinya, atau sebabnya kalau tidak ada saksi."))
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
        label=_("Tempat serah terima"),
        max_length=200,
        help_text=_("Misalnya: balai warga RW 03. Ditampilkan kepada umum: tanpa nama orang."),
        error_messages={"required": _("Tulis tempat serah terimanya.")},
    )
    day = DayField(label=_("Tanggal tiba"), error_messages={"required": _("Tulis kapan bantuan tiba.")})
    time = forms.TimeField(
        label=_("Jam tiba"),
        widget=TimeInput,
        input_formats=("%H:%M", "%H.%M", "%H:%M:%S"),
        error_messages={"required": _("Tulis jam tibanya."), "invalid": _("Tulis jamnya, misalnya 09.30.")},
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

    def __init__(self, *args: Any, handover: Handover, place: str = "", **kwargs: Any) -> None:
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

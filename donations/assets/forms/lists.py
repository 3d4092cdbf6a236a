"""What lists of assets are narrowed down by, and what several assets are asked for at once."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import User
from accounts.scope import within
from donations.assets import queries
from donations.assets.labels import ON_A_SHEET
from donations.assets.models import AssetQuerySet
from donations.assets.sheet import MOST_ROWS, Faulty, Row, read_sheet
from donations.assets.states import CONDITION_LABELS, AssetState
from programs.models import Program
from programs.narrowing import name_unknown

ORDERS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "": (_("pemeriksaan terdekat"), (F("next_check_on").asc(nulls_last=True), "pk")),
    "baru": (_("terbaru"), ("-registered_at", "-pk")),
    "nilai": (_("nilai terbesar"), (F("worth").desc(nulls_last=True), "pk")),
    "tempat": (_("tempat"), ("region_id", "site_id", "aid_type_id", "pk")),
}
STATES = (
    ("", _("yang masih tercatat")),
    ("baru", _("belum dilengkapi")),
    (AssetState.MOVING.value, _("sedang dialihkan")),
    (AssetState.WRITTEN_OFF.value, _("dihapus dari daftar")),
    ("semua", _("semua")),
)
MOST_SHEET_BYTES = 200_000


class InReach(forms.Form):
    """Narrows down to a program, and to a region right under those that the person works for. All optional; what is not
    understood is left out of account and said beside its field."""

    program = forms.ModelChoiceField(
        Program.objects.all(), label=_("Program"), required=False, empty_label=_("semua program")
    )
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(region.code, region.full_name or region.name) for region in queries.areas(user)]
        choice: Any = self.fields["wilayah"]
        choice.choices = [("", _("semua wilayah")), *found]
        if not found:
            choice.widget = forms.HiddenInput()
        name_unknown(self)

    def within_reach(self, rows: AssetQuerySet) -> AssetQuerySet:
        self.is_valid()
        if program := self.cleaned_data.get("program"):
            rows = rows.filter(program=program)
        if code := self.cleaned_data.get("wilayah"):
            rows = rows.filter(within("region", code))
        return rows


class AssetFilters(InReach):
    """What the list shows, and in which order."""

    q = forms.CharField(
        label=_("Cari"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("kode, nomor seri, atau nama"), "autocomplete": "off"}),
    )  # fmt: skip
    status = forms.ChoiceField(label=_("Catatan"), required=False, choices=STATES)
    keadaan = forms.ChoiceField(
        label=_("Keadaan barang"), required=False,
        choices=[("", _("semua keadaan")), *((one.value, label) for one, label in CONDITION_LABELS.items())],
    )  # fmt: skip
    periksa = forms.ChoiceField(
        label=_("Pemeriksaan"), required=False,
        choices=[("", _("semua")), ("waktunya", _("sudah waktunya")), ("terlambat", _("terlambat"))],
    )  # fmt: skip
    urut = forms.ChoiceField(
        label=_("Urut"), required=False, choices=[(name, label) for name, (label, _by) in ORDERS.items()]
    )
    field_order = ("q",)

    def narrow(self, rows: AssetQuerySet) -> AssetQuerySet:
        """Without the order, which the list alone needs."""
        rows = self.within_reach(rows)
        chosen = self.cleaned_data
        status = chosen.get("status") or ""
        if status == "":
            rows = rows.listed()
        elif status == "baru":
            rows = rows.undescribed()
        elif status != "semua":
            rows = rows.filter(state=status)
        if condition := chosen.get("keadaan"):
            rows = rows.filter(condition=condition)
        if due := chosen.get("periksa"):
            rows = rows.overdue() if due == "terlambat" else rows.due()
        if text := (chosen.get("q") or "").strip():
            rows = rows.filter(queries.matching(text))
        return rows

    def ordered(self, rows: AssetQuerySet) -> AssetQuerySet:
        _label, by = ORDERS.get(self.cleaned_data.get("urut") or "", ORDERS[""])
        return rows.annotate(worth=F("count") * F("unit_value")).order_by(*by)


DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BookFilters(InReach):
    """Of which area, program and time of arrival the book is."""

    dari = forms.DateField(label=_("Diterima dari"), required=False, widget=DAY)
    sampai = forms.DateField(label=_("sampai"), required=False, widget=DAY)

    def narrow(self, rows: AssetQuerySet) -> AssetQuerySet:
        """The rows of the book, in its order; those that were written off say so in their remarks."""
        rows = self.within_reach(rows)
        since = self.cleaned_data.get("dari") or date.min
        until = self.cleaned_data.get("sampai") or clock.today()
        return rows.filter(received_on__range=(since, until)).order_by(
            "region_id", "site_id", "program_id", "aid_type_id", "pk"
        )


class SheetForm(forms.Form):
    """Serial numbers of many at once: pasted, or as a file."""

    sheet = forms.CharField(
        label=_("Nomor seri, satu baris satu barang"), required=False, max_length=100_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Satu nomor seri, atau: nomor register; nomor seri; merek. Tempelkan dari lembar kerja boleh."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Atau berkas CSV"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[Row] = []
        self.faults: list[tuple[int, str]] = []

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        text = found.get("sheet") or ""
        if (file := found.get("file")) is not None:
            if file.size > MOST_SHEET_BYTES:
                self.add_error("file", gettext("Berkas ini terlalu besar untuk daftar nomor seri."))
                return found
            text = _decoded(file.read())
        try:
            self.rows = read_sheet(text)
        except Faulty as error:
            self.refuse(error)
            return found
        if not self.rows and not self.errors:
            self.add_error("sheet", gettext("Tulis paling sedikit satu nomor seri."))
        return found

    def refuse(self, error: Faulty) -> None:
        """Say which rows cannot be taken; nothing of the sheet was written down."""
        self.faults = error.faults
        self.add_error(
            "sheet",
            gettext("Belum ada yang disimpan: perbaiki %(n)s baris, lalu kirim lagi.")
            % {"n": len(error.faults)},
        )

    @property
    def most(self) -> int:
        return MOST_ROWS


def _decoded(content: bytes) -> str:
    """A spreadsheet writes UTF-8, or what Windows writes in this country."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


class LabelForm(forms.Form):
    """Where on the sheet of labels the first one is printed: those before it are used up already."""

    mulai = forms.IntegerField(
        label=_("Mulai dari label ke"), min_value=1, max_value=ON_A_SHEET, initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Lembar A4 berisi 24 label (3 × 8), 70 × 37 mm. Label sebelumnya dibiarkan kosong."),
    )  # fmt: skip
    ukuran = forms.ChoiceField(
        label=_("Kertas"), initial="a4",
        choices=[("a4", _("lembar label A4")), ("satu", _("satu label satu halaman"))],
    )  # fmt: skip

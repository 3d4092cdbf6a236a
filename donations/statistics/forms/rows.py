"""Which figure's rows were asked for, checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import CollaboratorKind
from donations.statistics.definitions import MEASURES, OPEN, RW
from donations.statistics.forms.asked import AskedForm, MonthField
from donations.statistics.rows import BEHIND, ORDERS, Question
from programs.models import AidType, PeopleKind, Program
from regions.codes import is_code
from regions.models import Region, SiteKind

RECIPIENTS = {RW, OPEN, *SiteKind.values}


class RowFilters(AskedForm):
    """A figure (`Question`), and the order of its rows."""

    angka = forms.CharField(label=_("Angka"))
    program = forms.CharField(label=_("Program"), required=False)
    bentuk = forms.CharField(label=_("Bentuk bantuan"), required=False)
    wilayah = forms.CharField(label=_("Wilayah"), required=False)
    dari = MonthField(label=_("Dari bulan"), required=False)
    sampai = MonthField(label=_("Sampai bulan"), required=False)
    kolaborator = forms.CharField(label=_("Jenis kolaborator"), required=False)
    penerima = forms.CharField(label=_("Jenis penerima"), required=False)
    orang = forms.CharField(label=_("Siapa yang dituju"), required=False)
    tepat = forms.CharField(label=_("Tepat di wilayah itu"), required=False)
    di_kota = forms.CharField(label=_("Hanya yang sudah di kota"), required=False)
    urut = forms.ChoiceField(
        label=_("Urutan"), required=False,
        choices=[
            ("besar", _("terbesar dulu")), ("kecil", _("terkecil dulu")), ("baru", _("terbaru dulu")),
            ("lama", _("terlama dulu")),
        ],
    )  # fmt: skip

    program_title = ""

    def clean_angka(self) -> str:
        return self._known("angka", BEHIND, _("Angka itu tidak ada. Lihat halaman definisi."))

    def clean_kolaborator(self) -> str:
        return self._known("kolaborator", CollaboratorKind.values, _("Jenis kolaborator itu tidak ada."))

    def clean_penerima(self) -> str:
        return self._known("penerima", RECIPIENTS, _("Jenis penerima itu tidak ada."))

    def clean_orang(self) -> str:
        return self._known("orang", PeopleKind.values, _("Kelompok itu tidak ada."))

    def clean_urut(self) -> str:
        return str(self.cleaned_data["urut"] or next(iter(ORDERS)))

    def clean_program(self) -> str:
        code = str(self.cleaned_data["program"])
        program = Program.objects.filter(code=code).first() if code else None
        if code and program is None:
            raise forms.ValidationError(_("Program itu tidak ada."))
        self.program_title = program.title if program else ""
        return code

    def clean_bentuk(self) -> AidType | None:
        code = self.cleaned_data["bentuk"]
        if not code:
            return None
        aid = AidType.objects.filter(program=self.cleaned_data.get("program") or "", code=code).first()
        if aid is None:
            raise forms.ValidationError(_("Program ini tidak punya bentuk bantuan itu."))
        return aid

    def clean_wilayah(self) -> str:
        code = str(self.cleaned_data["wilayah"])
        if code and not (is_code(code) and Region.objects.filter(code=code).exists()):
            raise forms.ValidationError(_("Wilayah itu tidak ada di sini."))
        return code

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        self.order_span("dari", "sampai")
        measure = MEASURES.get(found.get("angka", ""))
        if measure and measure.unit == "quantity" and not found.get("bentuk") and "bentuk" not in self.errors:
            self.add_error(
                "bentuk",
                _("Jumlah hanya dijumlahkan dalam satu bentuk bantuan: pilih program dan bentuknya."),
            )
        return found

    @property
    def question(self) -> Question:
        """The figure; only of a valid form."""
        found = self.cleaned_data
        return Question(
            found["angka"], found["program"], found["bentuk"], found["wilayah"], found["dari"], found["sampai"],
            found["kolaborator"], found["penerima"], found["orang"], bool(found["tepat"]),
            bool(found["di_kota"]) and not found["wilayah"],
        )  # fmt: skip

    def _known(self, field: str, known: Any, message: Any) -> str:
        value = str(self.cleaned_data[field])
        if value and value not in known:
            raise forms.ValidationError(message)
        return value

"""Which figure's rows were asked for, checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import CollaboratorKind
from donations.statistics.definitions import FIGURES, OPEN, RW, Unit
from donations.statistics.forms.asked import AskedForm, MonthField
from donations.statistics.rows import BEHIND, EVERYTHING, ORDERS, SEVERAL, SITE, Question, deaf_to
from programs.models import AidType, PeopleKind, Program
from regions.codes import Level, is_code, level_of
from regions.models import Region, SiteKind

RECIPIENTS = {RW, OPEN, SITE, *SiteKind.values}
FIELDS = {"aids": "bentuk", "collaborator": "kolaborator", "recipient": "penerima", "people": "orang"}
"""What a question is limited to, by its field."""


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
    bagian_dari = forms.CharField(label=_("Bagian dari"), required=False)
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
        return self._several("kolaborator", CollaboratorKind.values, _("Jenis kolaborator itu tidak ada."))

    def clean_penerima(self) -> str:
        return self._several("penerima", RECIPIENTS, _("Jenis penerima itu tidak ada."))

    def clean_orang(self) -> str:
        return self._known("orang", PeopleKind.values, _("Kelompok itu tidak ada."))

    def clean_bagian_dari(self) -> str:
        return self._known(
            "bagian_dari", {EVERYTHING, *BEHIND}, _("Angka itu tidak ada. Lihat halaman definisi.")
        )

    def clean_urut(self) -> str:
        return str(self.cleaned_data["urut"] or next(iter(ORDERS)))

    def clean_program(self) -> str:
        code = str(self.cleaned_data["program"])
        program = Program.objects.filter(code=code).first() if code else None
        if code and program is None:
            raise forms.ValidationError(_("Program itu tidak ada."))
        self.program_title = program.title if program else ""
        return code

    def clean_bentuk(self) -> tuple[AidType, ...]:
        codes = set(filter(None, self.cleaned_data["bentuk"].split(SEVERAL)))
        aids = AidType.objects.filter(program=self.cleaned_data.get("program") or "", code__in=codes)
        found = tuple(aids) if codes else ()
        if len(found) < len(codes):
            raise forms.ValidationError(_("Program ini tidak punya bentuk bantuan itu."))
        return found

    def clean_wilayah(self) -> str:
        code = str(self.cleaned_data["wilayah"])
        if code and not (is_code(code) and Region.objects.filter(code=code).exists()):
            raise forms.ValidationError(_("Wilayah itu tidak ada di sini."))
        return code

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        self.order_span("dari", "sampai")
        units = {
            FIGURES[name].unit for name in (found.get("angka"), found.get("bagian_dari")) if name in FIGURES
        }
        if Unit.QUANTITY in units and "bentuk" not in self.errors and len(found["bentuk"]) != 1:
            self.add_error(
                "bentuk",
                _("Jumlah hanya dijumlahkan dalam satu bentuk bantuan: pilih program dan bentuknya."),
            )
        if found.get("bagian_dari") and (len(units) > 1 or Unit.BASIS_POINTS in units):
            self.add_error("bagian_dari", _("Bagian hanya dihitung dari angka dengan satuan yang sama."))
        if not self.errors:
            whole = self.question.whole or self.question
            for name in sorted(deaf_to(self.question) | deaf_to(whole)):
                self.add_error(
                    FIELDS[name], _("Angka ini tidak dibagi menurut itu, jadi barisnya tidak dapat dipilih.")
                )
        return found

    @property
    def question(self) -> Question:
        """The figure; only of a valid form."""
        found = self.cleaned_data
        aids, place = found["bentuk"], found["wilayah"]
        has_parts = not place or level_of(place) is Level.CITY
        return Question(
            found["angka"], found["program"], aids[0] if len(aids) == 1 else None, place, found["dari"],
            found["sampai"], found["kolaborator"], found["penerima"], found["orang"], bool(found["tepat"]),
            bool(found["di_kota"]) and has_parts, aids if len(aids) > 1 else (), found["bagian_dari"],
        )  # fmt: skip

    def _several(self, field: str, known: Any, message: Any) -> str:
        """One code or several, each once."""
        codes = list(dict.fromkeys(filter(None, str(self.cleaned_data[field]).split(SEVERAL))))
        if any(code not in known for code in codes):
            raise forms.ValidationError(message)
        return SEVERAL.join(codes)

    def _known(self, field: str, known: Any, message: Any) -> str:
        value = str(self.cleaned_data[field])
        if value and value not in known:
            raise forms.ValidationError(message)
        return value

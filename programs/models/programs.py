from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.models import Move
from accounts.roles import Permission
from accounts.scope import Paths
from accounts.verbs import NEW, Table, Verb, states
from regions.amounts import MOST

# Sources that the programs' data names; pages translate them, and show others as they are written.
SOURCES = (
    gettext_noop("Pedoman KSBB Pangan, 2020 (pers)"),
    gettext_noop("Perkiraan contoh; belum ada nilai resmi"),
    gettext_noop("Uang dihitung dalam rupiah"),
    gettext_noop(
        "Uang dihitung dalam rupiah; pedoman 2020: Rp50.000 seorang atau Rp200.000 sekeluarga (pers)"
    ),
    gettext_noop("Pers"),
)

# Of one report.
MOST_SLIPS = 120


def in_readers_language(indonesian: str, english: str) -> str:
    """The English text for readers of English where there is one, else the Indonesian."""
    return english if english and (get_language() or "").startswith("en") else indonesian


class ProgramState(models.TextChoices):
    PLANNED = "planned", _("direncanakan")
    RUNNING = "running", _("berjalan")
    PAUSED = "paused", _("dijeda")
    ENDED = "ended", _("selesai")


class Program(models.Model):
    """A KSBB program. Programs are data: a seventh needs no code."""

    VERBS: ClassVar[Table] = Table(
        "program",
        ProgramState,
        Verb("found", states(NEW), None, Permission.PROGRAM_MANAGE, _("Tambah program"), _("Program ditambahkan")),
        Verb("edit", states("planned", "running", "paused", "ended"), None, Permission.PROGRAM_MANAGE,
             _("Ubah"), _("Program diubah")),
        Verb("run", states("planned", "paused", "ended"), ProgramState.RUNNING, Permission.PROGRAM_MANAGE,
             _("Jalankan"), _("Program berjalan")),
        Verb("pause", states("running"), ProgramState.PAUSED, Permission.PROGRAM_MANAGE,
             _("Jeda"), _("Program dijeda"), needs_reason=True),
        Verb("end", states("planned", "running", "paused"), ProgramState.ENDED, Permission.PROGRAM_MANAGE,
             _("Akhiri"), _("Program diakhiri"), needs_reason=True, danger=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="region")

    code = models.SlugField(_("kode"), primary_key=True, max_length=40)
    region = models.ForeignKey("regions.Region", models.PROTECT, verbose_name=_("wilayah"), related_name="+")
    name = models.CharField(_("nama"), max_length=100)
    name_en = models.CharField(_("nama (Inggris)"), max_length=100, blank=True)
    summary = models.TextField(_("ringkasan"), blank=True)
    summary_en = models.TextField(_("ringkasan (Inggris)"), blank=True)
    lead_agency = models.CharField(_("instansi penanggung jawab"), max_length=200)
    lead_agency_en = models.CharField(_("instansi penanggung jawab (Inggris)"), max_length=200, blank=True)
    launched = models.CharField(
        _("diluncurkan"),
        max_length=10,
        blank=True,
        help_text=_("Tahun, bulan, atau hari: 2020, 2020-04, 2020-04-29."),
    )
    facilitators = models.TextField(_("fasilitator"), blank=True)
    facilitators_en = models.TextField(_("fasilitator (Inggris)"), blank=True)
    beneficiaries = models.TextField(_("penerima manfaat"), blank=True)
    beneficiaries_en = models.TextField(_("penerima manfaat (Inggris)"), blank=True)
    asset_note = models.TextField(_("pencatatan aset"), blank=True)
    asset_note_en = models.TextField(_("pencatatan aset (Inggris)"), blank=True)
    plans = models.TextField(_("rencana"), blank=True)
    plans_en = models.TextField(_("rencana (Inggris)"), blank=True)
    state = models.CharField(max_length=20, choices=ProgramState, default=ProgramState.RUNNING)
    position = models.PositiveSmallIntegerField(_("urutan"), default=100)
    # Asked of each report that counts families, unless an assessor draws first.
    slips = models.PositiveSmallIntegerField(
        _("slip konfirmasi penerima untuk setiap berita acara"),
        default=0,
        validators=[MaxValueValidator(MOST_SLIPS)],
        help_text=_("Diundi dari keluarga yang dihitung laporannya; 0: hanya kalau asesor memintanya."),
    )

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("program", args=[self.code])

    @property
    def title(self) -> str:
        return in_readers_language(self.name, self.name_en)

    def text(self, field: str) -> str:
        """A field that has an English twin, in the reader's language."""
        return in_readers_language(getattr(self, field), getattr(self, f"{field}_en"))


class ProgramMove(Move):
    subject = models.ForeignKey(Program, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass


class AidKind(models.TextChoices):
    GOODS = "goods", _("barang")
    SERVICE = "service", _("jasa")
    MONEY = "money", _("uang")


class AidType(models.Model):
    """What a program gives, in which unit, with which contents and at which guide value."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="aid_types")
    code = models.SlugField(_("kode"), max_length=40)
    name = models.CharField(_("nama"), max_length=100)
    name_en = models.CharField(_("nama (Inggris)"), max_length=100, blank=True)
    unit = models.CharField(_("satuan"), max_length=40)
    unit_en = models.CharField(_("satuan (Inggris)"), max_length=40, blank=True)
    kind = models.CharField(_("sifat"), max_length=10, choices=AidKind, default=AidKind.GOODS)
    is_durable = models.BooleanField(_("barang tahan lama (menjadi aset)"), default=False)
    needs_recipient_list = models.BooleanField(
        _("berita acaranya disertai daftar penerima"), default=False,
        help_text=_("Daftarnya disandikan, hanya dibuka asesor yang memeriksa, dan dihapus setelah waktunya."),
    )  # fmt: skip
    contents = models.JSONField(
        _("isi satu satuan"), default=list, blank=True,
        help_text=_("Daftar {name, name_en, amount, amount_en}."),
    )  # fmt: skip
    guide_value = models.PositiveBigIntegerField(_("nilai acuan satu satuan (rupiah)"), null=True, blank=True)
    guide_source = models.CharField(_("sumber nilai acuan"), max_length=200, blank=True)
    serves = models.CharField(_("untuk"), max_length=100, blank=True)
    serves_en = models.CharField(_("untuk (Inggris)"), max_length=100, blank=True)
    is_active = models.BooleanField(_("dipakai"), default=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=100)

    class Meta:
        ordering = ("program", "position", "id")
        constraints = (
            models.UniqueConstraint(fields=("program", "code"), name="aid_type_code_once_a_program"),
            models.CheckConstraint(
                name="aid_type_of_money_counts_rupiah",
                condition=~models.Q(kind="money") | models.Q(guide_value=1),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_readers_language(self.name, self.name_en)

    @property
    def most(self) -> int:
        """More than this at once is a slip of the finger: fewer people live in Jakarta."""
        return MOST if self.kind == AidKind.MONEY else 20_000_000

    @property
    def unit_name(self) -> str:
        return in_readers_language(self.unit, self.unit_en)

    def unit_for(self, quantity: int) -> str:
        """The unit after a number: "1 month of service", "2 months of service"; Indonesian has one form."""
        name = self.unit_name
        if quantity != 1 or name == self.unit:
            return name
        first, space, rest = name.partition(" ")
        return f"{first.removesuffix('s')}{space}{rest}"

    @property
    def one_unit(self) -> str:
        """The unit after "one": "package", "month of service"."""
        return self.unit_for(1)

    @property
    def serves_text(self) -> str:
        return in_readers_language(self.serves, self.serves_en)

    @property
    def contents_rows(self) -> list[tuple[str, str]]:
        """What one unit holds: (name, amount) in the reader's language."""
        return [
            (
                in_readers_language(row["name"], row.get("name_en", "")),
                in_readers_language(row["amount"], row.get("amount_en", "")),
            )
            for row in self.contents
        ]


class PublishedFigure(models.Model):
    """A figure that somebody else published about a program, with its source and date."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="published_figures")
    label = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=100)
    value_en = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200)
    published = models.CharField(max_length=10, help_text=_("Tahun, bulan, atau hari."))
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ("program", "position", "id")

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"

    def text(self, field: str) -> str:
        return in_readers_language(getattr(self, field), getattr(self, f"{field}_en"))

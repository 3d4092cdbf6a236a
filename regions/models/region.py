"""The tree of regions, keyed by Kemendagri code."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat, Length
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions import codes
from regions.codes import Level
from regions.names import search_terms

LEVEL_LABELS = {
    Level.PROVINCE: _("Provinsi"),
    Level.CITY: _("Kota/Kabupaten"),
    Level.DISTRICT: _("Kecamatan"),
    Level.VILLAGE: _("Kelurahan"),
    Level.RW: _("RW"),
}
# A comparison with NULL is not false, and a CHECK only refuses what is false: ask for both explicitly.
NOWHERE = Q(latitude__isnull=True, longitude__isnull=True)
ON_EARTH = Q(
    latitude__isnull=False, longitude__isnull=False, latitude__range=(-90, 90), longitude__range=(-180, 180)
)


class RegionQuerySet(models.QuerySet["Region"]):
    def within(self, code: str) -> "RegionQuerySet":
        """The region `code` and everything inside it."""
        return self.filter(Q(code=code) | Q(code__startswith=code + "."))

    def current(self) -> "RegionQuerySet":
        """Regions that exist today: begun, and not ended."""
        today = timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=today),
            Q(valid_until__isnull=True) | Q(valid_until__gt=today),
        )

    def at_level(self, level: Level | str) -> "RegionQuerySet":
        return self.filter(level=Level(level))

    def children_of(self, code: str) -> "RegionQuerySet":
        return self.filter(parent=code)

    def search(self, text: str) -> "RegionQuerySet":
        """Regions whose own name or place fits every term of `text`, nearest names first.

        Case, accents, doubled letters and the writing of RW numbers do not matter; a code or the beginning
        of one finds the regions under it. Nothing is found by an empty text.
        """
        terms = search_terms(text)
        if terms.code_prefix:
            return self.filter(code__startswith=terms.code_prefix).order_by("code")
        if not terms.patterns:
            return self.none()
        in_place, in_name = Q(), Q()
        for pattern in terms.patterns:
            in_place &= Q(search_path__contains=pattern)
            in_name &= Q(search_name__contains=pattern)
        rank = models.Case(
            models.When(search_name=terms.whole, then=0),
            models.When(in_name & Q(search_name__startswith=terms.patterns[0]), then=1),
            models.When(in_name, then=2),
            default=3,
            output_field=models.SmallIntegerField(),
        )
        depth = models.Case(*(models.When(level=level, then=level.depth) for level in Level))
        return self.filter(in_place).order_by(rank, depth, Length("search_name"), "code")


class Region(models.Model):
    """A province, city, district, village or RW.

    The code is the primary key, so that a foreign key's column holds the place itself and "inside 31.74" is
    a prefix of it, without a join. Codes are compared byte by byte (collation "C"), so a prefix is a range.
    """

    code = models.CharField(_("kode"), primary_key=True, max_length=codes.MAX_LENGTH, db_collation="C")
    parent = models.ForeignKey(
        "self", verbose_name=_("induk"), null=True, on_delete=models.PROTECT, related_name="children"
    )
    level = models.CharField(
        _("tingkat"), max_length=8, choices=[(level.value, label) for level, label in LEVEL_LABELS.items()]
    )
    name = models.CharField(_("nama"), max_length=100)
    official_name = models.CharField(_("nama resmi"), max_length=160)
    full_name = models.CharField(_("nama lengkap"), max_length=120)
    search_name = models.CharField(max_length=140, editable=False)
    search_path = models.CharField(max_length=500, editable=False)
    latitude = models.FloatField(_("lintang"), null=True)
    longitude = models.FloatField(_("bujur"), null=True)
    area_km2 = models.FloatField(_("luas (km²)"), null=True)
    families = models.PositiveIntegerField(_("keluarga"), null=True)
    families_source = models.CharField(_("sumber jumlah keluarga"), max_length=200, blank=True)
    population = models.PositiveIntegerField(_("penduduk"), null=True)
    population_source = models.CharField(_("sumber jumlah penduduk"), max_length=200, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True)
    successors = models.ManyToManyField(
        "self", verbose_name=_("pengganti"), symmetrical=False, related_name="predecessors"
    )
    is_provisional = models.BooleanField(_("sementara"), default=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "code"], name="region_level_code")]
        constraints = [
            models.CheckConstraint(
                name="region_code_has_level",
                condition=Q(level=Level.PROVINCE.value, code__regex=r"^[1-9]\d$", parent__isnull=True)
                | Q(level=Level.CITY.value, code__regex=r"^\d\d\.\d\d$")
                | Q(level=Level.DISTRICT.value, code__regex=r"^\d\d(\.\d\d){2}$")
                | Q(level=Level.VILLAGE.value, code__regex=r"^\d\d(\.\d\d){2}\.\d{4}$")
                | Q(level=Level.RW.value, code__regex=r"^\d\d(\.\d\d){2}\.\d{4}\.\d{3}$"),
            ),
            models.CheckConstraint(
                name="region_lies_in_parent",
                condition=Q(level=Level.PROVINCE.value)
                | Q(
                    parent__isnull=False,
                    code__startswith=Concat(F("parent"), models.Value(".")),
                ),
            ),
            models.CheckConstraint(
                name="region_centre_on_earth",
                condition=NOWHERE | ON_EARTH,
            ),
            models.CheckConstraint(
                name="region_ends_after_start",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("region", args=[self.code])

    @property
    def city_code(self) -> str:
        """The code of the city it lies in; a province's own."""
        return codes.city_of(self.code)

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return (self.valid_from is None or self.valid_from <= today) and (
            self.valid_until is None or today < self.valid_until
        )

import secrets
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models.journal import Move
from accounts.roles import ORGANISATION_ROLES, Permission, Role
from accounts.scope import Paths
from accounts.verbs import NEW, Table, Verb, states


class CollaboratorKind(models.TextChoices):
    SOCIAL = "social", _("organisasi sosial")
    ENTERPRISE = "enterprise", _("perusahaan")
    INDIVIDUAL = "individual", _("perorangan")
    COMMUNITY = "community", _("komunitas")
    GOVERNMENT = "government", _("instansi pemerintah")


class OrganisationState(models.TextChoices):
    ACTIVE = "active", _("aktif")
    SUSPENDED = "suspended", _("dibekukan")
    ERASED = "erased", _("dihapus")


def logo_path(organisation: "Organisation", filename: str) -> str:
    """Where a logo lies: under an unguessable name, whatever it was called."""
    return f"logo/{secrets.token_hex(12)}.png"


class Organisation(models.Model):
    """Who gives, collects, delivers or governs. One organisation may be several of these."""

    VERBS: ClassVar[Table] = Table(
        "organisation",
        OrganisationState,
        Verb("register", states(NEW), OrganisationState.ACTIVE, Permission.ORGANISATION_MANAGE,
             _("Daftarkan"), _("Didaftarkan")),
        Verb("edit", states("active", "suspended"), None, Permission.ORGANISATION_MANAGE,
             _("Ubah"), _("Data diubah")),
        Verb("suspend", states("active"), OrganisationState.SUSPENDED, Permission.ORGANISATION_MANAGE,
             _("Bekukan"), _("Dibekukan"), needs_reason=True, danger=True),
        Verb("reinstate", states("suspended"), OrganisationState.ACTIVE, Permission.ORGANISATION_MANAGE,
             _("Aktifkan lagi"), _("Diaktifkan lagi"), needs_reason=True),
        Verb("confirm", states("active", "suspended"), None, Permission.ORGANISATION_MANAGE,
             _("Konfirmasi instansi"), _("Instansi dikonfirmasi"), needs_reason=True),
        Verb("present", states("active"), None, Permission.PROFILE_EDIT,
             _("Ubah profil"), _("Profil diubah anggotanya")),
        Verb("erase", states("active", "suspended"), OrganisationState.ERASED, None,
             _("Hapus nama"), _("Nama dihapus atas permintaan pemiliknya"), by_platform=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="region", organisations=dict.fromkeys(sorted(ORGANISATION_ROLES), "pk")
    )

    name = models.CharField(_("nama"), max_length=200)
    collaborator_kind = models.CharField(
        _("jenis kolaborator"), max_length=20, choices=CollaboratorKind, blank=True
    )
    is_aggregator = models.BooleanField(_("agregator"), default=False)
    is_executor = models.BooleanField(_("pelaksana"), default=False)
    is_agency = models.BooleanField(_("instansi pemerintah daerah"), default=False)
    may_be_named = models.BooleanField(_("boleh disebut namanya kepada publik"), default=False)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("wilayah kantor"),
        related_name="+",
    )
    phone = models.CharField(_("telepon"), max_length=30, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    website = models.URLField(_("situs"), blank=True)
    about = models.TextField(_("tentang"), max_length=1500, blank=True)
    logo = models.ImageField(_("logo"), upload_to=logo_path, blank=True)
    has_page = models.BooleanField(_("punya halaman umum"), default=False)
    # Anybody can sign up as a government agency; it counts as one once an administrator has made sure.
    is_confirmed = models.BooleanField(_("sudah dipastikan"), default=True, editable=False)
    state = models.CharField(max_length=20, choices=OrganisationState, default=OrganisationState.ACTIVE)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_confirmed=True) | Q(collaborator_kind="government"),
                name="organisation_only_government_waits_for_confirmation",
            ),
            models.CheckConstraint(
                condition=Q(has_page=False) | Q(may_be_named=True),
                name="organisation_with_a_page_may_be_named",
            ),
            models.CheckConstraint(
                condition=~Q(state="erased")
                | Q(may_be_named=False, phone="", email="", website="", about="", logo="", has_page=False),
                name="organisation_erased_says_nothing",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_presented(self) -> bool:
        """Whether it has a public page now: it wishes one, may be named, and is who it says."""
        return (
            self.has_page
            and self.may_be_named
            and self.is_confirmed
            and self.state == OrganisationState.ACTIVE
        )

    @property
    def kind_label(self) -> str:
        """What kind of collaborator it is, as far as anybody has made sure."""
        kind = self.get_collaborator_kind_display()
        return kind if self.is_confirmed else _("%(kind)s, belum dikonfirmasi") % {"kind": kind}

    @property
    def public_name(self) -> str | Promise:
        """The name, if it may be shown to the public, else the words for one who stays unnamed."""
        if not self.is_confirmed:
            return _("Instansi yang belum dikonfirmasi")
        return self.name if self.may_be_named else _("Tidak ingin disebut")

    def valid_permit(self, on: date | None = None) -> "Permit | None":
        """The permit under which money may be collected on that day (default today), or None."""
        return self.permits.valid_on(on or clock.today()).order_by("-valid_until").first()


class PermitState(models.TextChoices):
    RECORDED = "recorded", _("berlaku")
    SUSPENDED = "suspended", _("dibekukan")
    REVOKED = "revoked", _("dicabut")


class PermitQuerySet(models.QuerySet["Permit"]):
    def in_force_on(self, day: date) -> "PermitQuerySet":
        """Permits that let money be collected on `day`: within the term, not suspended, not yet revoked."""
        suspended = PermitSuspension.objects.filter(permit=OuterRef("pk")).covering(day)
        return self.filter(
            Q(revoked_on=None) | Q(revoked_on__gt=day),
            ~Exists(suspended),
            valid_from__lte=day,
            valid_until__gte=day,
        )

    def valid_on(self, day: date) -> "PermitQuerySet":
        """Those in force on `day` of organisations that are not suspended: money may be promised to them."""
        return self.in_force_on(day).filter(organisation__state=OrganisationState.ACTIVE)


class Permit(models.Model):
    """A permit to collect money and goods from the public (PUB), held by an aggregator."""

    VERBS: ClassVar[Table] = Table(
        "permit",
        PermitState,
        Verb("record", states(NEW), PermitState.RECORDED, Permission.ORGANISATION_MANAGE,
             _("Catat izin"), _("Izin dicatat")),
        Verb("edit", states("recorded", "suspended"), None, Permission.ORGANISATION_MANAGE,
             _("Ubah"), _("Izin diubah"), needs_reason=True),
        Verb("suspend", states("recorded"), PermitState.SUSPENDED, Permission.ORGANISATION_MANAGE,
             _("Bekukan"), _("Izin dibekukan"), needs_reason=True, danger=True),
        Verb("reinstate", states("suspended"), PermitState.RECORDED, Permission.ORGANISATION_MANAGE,
             _("Berlakukan lagi"), _("Izin berlaku lagi"), needs_reason=True),
        Verb("revoke", states("recorded", "suspended"), PermitState.REVOKED, Permission.ORGANISATION_MANAGE,
             _("Catat pencabutan"), _("Izin dicabut"), needs_reason=True, danger=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="organisation__region")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="permits")
    number = models.CharField(_("nomor izin"), max_length=100)
    issuer = models.CharField(_("penerbit"), max_length=200)
    valid_from = models.DateField(_("berlaku mulai"))
    valid_until = models.DateField(_("berlaku sampai"))
    state = models.CharField(max_length=20, choices=PermitState, default=PermitState.RECORDED)
    revoked_on = models.DateField(_("dicabut mulai"), null=True, blank=True, editable=False)

    objects = PermitQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_until", "id")
        constraints = (
            models.UniqueConstraint(fields=("issuer", "number"), name="permit_number_once_an_issuer"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="permit_term_is_not_turned_round"
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", revoked_on__isnull=False)
                | (~Q(state="revoked") & Q(revoked_on=None)),
                name="permit_revoked_has_its_day",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def standing(self) -> tuple[str, str | Promise]:
        """How it stands today, as a mark (`status`) and its word: a term that is over is not in force."""
        if self.state == PermitState.RECORDED and self.valid_until < clock.today():
            return "closed", _("sudah berakhir")
        if self.state == PermitState.RECORDED and self.valid_from > clock.today():
            return "draft", _("belum mulai")
        return ("verified" if self.state == PermitState.RECORDED else "late"), PermitState(self.state).label

    def in_force_on(self, day: date) -> bool:
        """Whether money may be collected under it on `day`."""
        return type(self).objects.in_force_on(day).filter(pk=self.pk).exists()


class PermitSuspensionQuerySet(models.QuerySet["PermitSuspension"]):
    def covering(self, day: date) -> "PermitSuspensionQuerySet":
        """Suspensions that hold on `day`: from their first day until the day before the permit is back."""
        return self.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)


class PermitSuspension(models.Model):
    """A time in which a permit is not in force: from `starts` until the day before `ends` (None: still)."""

    permit = models.ForeignKey(Permit, models.PROTECT, related_name="suspensions")
    starts = models.DateField(_("dibekukan mulai"))
    ends = models.DateField(_("berlaku lagi mulai"), null=True, blank=True)
    reason = models.TextField(_("alasan"))

    objects = PermitSuspensionQuerySet.as_manager()

    class Meta:
        ordering = ("starts", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("permit",), condition=Q(ends=None), name="permit_suspension_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="permit_suspension_is_not_turned_round",
            ),
        )

    def __str__(self) -> str:
        return f"{self.permit} {self.starts}"


class OrganisationMove(Move):
    subject = models.ForeignKey(Organisation, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass


class PermitMove(Move):
    subject = models.ForeignKey(Permit, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass


# Which flag of an organisation lets its members hold which role.
ROLE_FLAGS = {Role.AGGREGATOR: "is_aggregator", Role.EXECUTOR: "is_executor"}

"""What is reported, and about whom: by their post, so that no name has to be known. Pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from regions.codes import Level


class Kind(models.TextChoices):
    LEVY = "levy", _("Pungutan atau uang jasa")
    WITHHELD = "withheld", _("Bantuan ditahan atau dijual")
    SHORT = "short", _("Jumlahnya kurang")
    RECIPIENTS = "recipients", _("Penerimanya salah")
    FALSE_REPORT = "false_report", _("Laporan atau berita acara palsu")
    PERMIT = "permit", _("Penggalangan uang tanpa izin")
    OTHER = "other", _("Yang lain")


KIND_HINTS = {
    Kind.LEVY: _("diminta membayar supaya mendapat atau mengambil bantuan"),
    Kind.WITHHELD: _("barang tidak dibagikan, disimpan, atau dijual"),
    Kind.SHORT: _("yang sampai lebih sedikit daripada yang tertulis"),
    Kind.RECIPIENTS: _("diberikan kepada yang tidak berhak, atau yang berhak dilewati"),
    Kind.FALSE_REPORT: _("foto, tanda tangan, atau jumlahnya tidak benar"),
    Kind.PERMIT: _("mengumpulkan uang atas nama KSBB tanpa izin PUB"),
    Kind.OTHER: _("ceritakan di langkah berikutnya"),
}


class Post(models.TextChoices):
    """Whom a report is about."""

    RW = "rw", _("Pengurus RT atau RW")
    INSTITUTION = "institution", _("Pengurus lembaga penerima (panti, sekolah, pesantren, …)")
    VILLAGE = "village", _("Lurah atau petugas kelurahan")
    DISTRICT = "district", _("Camat atau petugas kecamatan")
    CITY = "city", _("Asesor atau petugas kota")
    INSPECTOR = "inspector", _("Pemeriksa kota")
    PROVINCE = "province", _("Petugas provinsi")
    INSPECTORATE = "inspectorate", _("Pemeriksa provinsi")
    DELIVERER = "deliverer", _("Pengirim atau pelaksana")
    COLLABORATOR = "collaborator", _("Kolaborator (pemberi bantuan)")
    AGGREGATOR = "aggregator", _("Agregator (penggalang uang)")
    UNKNOWN = "unknown", _("Tidak tahu, atau orang lain")


_OFFICERS = (Role.ASSESSOR, Role.FACILITATOR, Role.ADMINISTRATOR, Role.OVERSEER)
# Which assignments a public post means: the roles, and the levels of the region that they are for.
HOLDERS: dict[Post, tuple[tuple[Role, ...], tuple[Level, ...]]] = {
    Post.RW: ((Role.OFFICIAL,), (Level.RW,)),
    Post.INSTITUTION: ((Role.OFFICIAL,), ()),
    Post.VILLAGE: ((Role.FACILITATOR,), (Level.VILLAGE,)),
    Post.DISTRICT: ((Role.FACILITATOR,), (Level.DISTRICT,)),
    Post.CITY: (_OFFICERS, (Level.CITY,)),
    Post.INSPECTOR: ((Role.INSPECTOR,), (Level.CITY,)),
    Post.PROVINCE: (_OFFICERS, (Level.PROVINCE,)),
    Post.INSPECTORATE: ((Role.INSPECTOR,), (Level.PROVINCE,)),
}
PUBLIC_ROLES = frozenset({Role.OFFICIAL, Role.INSPECTOR, *_OFFICERS})
# Those who stand over others in an area, whatever else they are.
SUPERIOR_ROLES = frozenset({Role.ADMINISTRATOR, Role.ASSESSOR, Role.FACILITATOR})

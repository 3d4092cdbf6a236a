"""Kinds of notices: their words, the group in which people choose how to be told, how urgent they are. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

Words = str | Promise


class Group(StrEnum):
    """What people choose by: for each group and channel, whether they want to be told."""

    GIVING = "giving"
    CARRYING = "carrying"
    RECEIVING = "receiving"
    WORK = "work"
    FORUM = "forum"
    MEMBERSHIP = "membership"
    MISCONDUCT = "misconduct"
    ACCOUNT = "account"

    @property
    def label(self) -> Promise:
        return GROUPS[self].label

    @property
    def help(self) -> Promise:
        return GROUPS[self].help

    @property
    def roles(self) -> frozenset[Role]:
        """Whom it concerns; empty: everybody."""
        return GROUPS[self].roles


@dataclass(frozen=True, slots=True)
class _About:
    label: Promise
    help: Promise
    roles: frozenset[Role] = frozenset()


GROUPS: dict[Group, _About] = {
    Group.GIVING: _About(
        _("Ikrar dan bantuan yang Anda beri"),
        _("Dijawab asesor, dikirim, tiba, diverifikasi."),
        frozenset({Role.COLLABORATOR}),
    ),
    Group.CARRYING: _About(
        _("Dana dan bantuan yang Anda salurkan"),
        _("Dipercayakan kepada Anda, tanggal yang berubah, laporan penerima."),
        frozenset({Role.AGGREGATOR, Role.EXECUTOR, Role.COLLABORATOR}),
    ),
    Group.RECEIVING: _About(
        _("Bantuan untuk tempat Anda"),
        _("Kebutuhan yang terbit, pengiriman yang akan datang, hasil pemeriksaan berita acara."),
        frozenset({Role.OFFICIAL, Role.FACILITATOR}),
    ),
    Group.WORK: _About(
        _("Yang menunggu jawaban Anda"),
        _("Ikrar baru, berita acara yang perlu diperiksa, usulan yang menunggu moderator."),
        frozenset({Role.ASSESSOR, Role.ADMINISTRATOR}),
    ),
    Group.FORUM: _About(
        _("Usulan dan tanggapan Anda"),
        _("Diterbitkan, ditanggapi, dijawab, atau disembunyikan."),
    ),
    Group.MEMBERSHIP: _About(
        _("Organisasi Anda"),
        _("Anggota baru, undangan, perubahan peran."),
        frozenset({Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR}),
    ),
    Group.MISCONDUCT: _About(
        _("Laporan penyimpangan"),
        _("Laporan yang Anda tangani atau kirim."),
    ),
    Group.ACCOUNT: _About(
        _("Akun dan data Anda"), _("Salinan data yang siap, penghapusan akun yang diminta.")
    ),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice.

    `title` and `text` are lazy translations with the placeholders of the news' parameters (`%(number)s`); the title
    stands for itself in a list and as the subject of a mail. `urgent`: sent at once, not with what else happens in
    the next minutes. `tells_actor`: also whoever performed the verb (a receipt). `is_public`: its page needs no
    signing in, so the link of a mail leads straight there. `button`: the words of that link.
    """

    name: str
    group: Group
    title: Words
    text: Words = ""
    button: Words = field(default_factory=lambda: _("Lihat"))
    urgent: bool = False
    tells_actor: bool = False
    is_public: bool = False

    def __post_init__(self) -> None:
        if KINDS.setdefault(self.name, self) is not self:
            raise ValueError(f"there are two kinds of notices called {self.name}")


KINDS: dict[str, Kind] = {}
"""Every kind by its name; a kind enters by being made."""


def names_of(group: Group) -> list[str]:
    """The names of the kinds of a group, for a query."""
    return sorted(name for name, kind in KINDS.items() if kind.group == group)

"""Who is told of an organisation's members and of people's own data, and in which words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, Erasure, PersonalCopy
from accounts.notices.actions.telling import path_to
from accounts.notices.audiences import members, person
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, tells

JOINED = Kind(
    "member.joined", Group.MEMBERSHIP, title=_("Anggota baru di %(organisation)s"),
    text=_("Seseorang menerima undangan dan sekarang anggota."), button=_("Lihat anggota"),
    tells_actor=True,
)  # fmt: skip
RANKED = Kind(
    "member.ranked", Group.MEMBERSHIP, title=_("Kedudukan Anda di %(organisation)s berubah"),
    text=_("Lihat apa yang sekarang dapat Anda lakukan di sana."), button=_("Lihat anggota"),
)  # fmt: skip
DISMISSED = Kind(
    "member.dismissed", Group.MEMBERSHIP, title=_("Anda bukan lagi anggota %(organisation)s"),
    text=_("Ikrar dan catatannya tetap milik organisasi itu."), button=_("Akun saya"), urgent=True,
)  # fmt: skip
COPIED = Kind(
    "own_data.copied", Group.ACCOUNT, title=_("Salinan data Anda siap"),
    text=_("Unduh dalam tiga hari; sesudah itu berkasnya dihapus."), button=_("Unduh"), tells_actor=True,
)  # fmt: skip
ERASURE_ASKED = Kind(
    "own_data.erasure", Group.ACCOUNT, title=_("Penghapusan akun Anda diminta"),
    text=_("Kalau bukan Anda yang meminta, urungkan dan ganti kata sandi Anda."), button=_("Lihat atau urungkan"),
    urgent=True, tells_actor=True,
)  # fmt: skip
ERASURE_HELD = Kind(
    "own_data.erasure_held", Group.ACCOUNT, title=_("Penghapusan akun Anda tertunda"),
    text=_("Masih ada yang terbuka. Halamannya mengatakan apa."), button=_("Lihat"),
)  # fmt: skip


@tells(Assignment, "join")
def joined(act: Any) -> Iterator[News]:
    """The others, also who invited."""
    row = act.subject
    others = row.organisation.assignments.in_force().exclude(user=row.user_id).values_list("user", flat=True)
    yield _of_members(JOINED, row, replace(members(row.organisation_id), only=frozenset(others)))


@tells(Assignment, "rank", "hand_over")
def ranked(act: Any) -> Iterator[News]:
    yield _of_members(RANKED, act.subject, person(act.subject.user_id))


@tells(Assignment, "dismiss")
def dismissed(act: Any) -> Iterator[News]:
    row = act.subject
    params = {"organisation": row.organisation.name}
    yield News(
        DISMISSED,
        person(row.user_id),
        row,
        params,
        label=row.organisation.name[:120],
        path=path_to("account"),
    )


@tells(PersonalCopy, "finish")
def copied(act: Any) -> Iterator[News]:
    yield _of_data(COPIED, act.subject)


@tells(Erasure, "ask")
def erasure_asked(act: Any) -> Iterator[News]:
    yield _of_data(ERASURE_ASKED, act.subject)


@tells(Erasure, "hold")
def erasure_held(act: Any) -> Iterator[News]:
    yield _of_data(ERASURE_HELD, act.subject)


def _of_members(kind: Kind, row: Assignment, to: Any) -> News:
    assert row.organisation is not None
    name = row.organisation.name
    path = path_to("own_organisation", row.organisation_id)
    return News(kind, to, row, {"organisation": name}, label=name[:120], path=path)


def _of_data(kind: Kind, row: Any) -> News:
    return News(kind, person(row.user_id), row, label=str(kind.title), path=path_to("own_data"))

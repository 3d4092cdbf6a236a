"""What may not stand in a public text: ways to reach a person, and numbers that identify one; and in whose name."""

import re

from django.utils.translation import gettext as _

from accounts.errors import Refused
from accounts.models import CollaboratorKind, Organisation, User
from accounts.roles import ORGANISATION_ROLES
from accounts.scope import Scope

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
# Eight digits and more, however they are grouped: phone numbers, NIK, accounts. Rupiah and years are shorter or say so.
_NUMBER = re.compile(r"(?<![\w.,])\+?\d(?:[ ()-]?\d){8,}(?![\w])")
# A mobile number however it is set apart: 0812.3456.7890, +62 812 - 3456 - 7890. No amount begins like that; times of
# day do.
_MOBILE = re.compile(
    r"(?<![\w.,])(?:\+?\s?62|0)[\s().–-]{0,3}8(?![.:]\d\d\b)(?:[\s()./–-]{0,3}\d){8,11}(?!\w)"
)
_RUPIAH = re.compile(r"\brp\.?\s*[\d.,]+", re.IGNORECASE)
_LINK = re.compile(
    r"https?://|\bwww\.|\b[\w-]+\.(?:com|net|xyz|(?:co|or|go|ac|sch|my|web)\.id)\b|\b[\w-]+\.(?:me|ly|ee|gg|id)/",
    re.IGNORECASE,
)


# Names by which the offices are shown: nobody else goes by them.
_OFFICE = re.compile(
    r"\b(?:asesor|assessor|administrator|admin|fasilitator|facilitator|moderator|petugas|resmi|official|ksbb|pemprov|"
    r"pemerintah|dinas|sudin|gubernur|lurah|camat)\b",
    re.IGNORECASE,
)


def refuse_office(name: str, field: str = "display_name") -> None:
    """Raises `Refused` where a chosen name reads like an office."""
    if _OFFICE.search(name):
        raise Refused(
            _("Nama ini terdengar seperti jabatan atau instansi. Pilih nama lain."),
            field=field,
            code="office",
        )


def borrows_office(organisation: Organisation) -> bool:
    """Whether anybody may have signed up under this name of an office: no administrator has made sure of it."""
    is_government = (
        organisation.collaborator_kind == CollaboratorKind.GOVERNMENT and organisation.is_confirmed
    )
    return bool(_OFFICE.search(organisation.name)) and not (organisation.is_agency or is_government)


def refuse_organisation(organisation: Organisation | None, by: User) -> None:
    """Raises `Refused` where somebody would speak for an organisation that is not theirs, or in an office's name."""
    if organisation is None:
        return
    if organisation.pk not in Scope.of(by).organisations(*ORGANISATION_ROLES) or borrows_office(organisation):
        raise Refused(_("Pilih organisasi Anda sendiri."), field="organisation")


def refuse_personal(text: str, field: str) -> None:
    """Raises `Refused` at that field where a text holds an address, a long number or a link."""
    if _EMAIL.search(text):
        raise Refused(
            _("Jangan tulis alamat surel di sini: semua orang membacanya."), field=field, code="email"
        )
    if _NUMBER.search(_RUPIAH.sub(" ", text)) or _MOBILE.search(text):
        raise Refused(
            _("Jangan tulis nomor telepon, NIK, atau nomor rekening di sini: semua orang membacanya."),
            field=field, code="number",
        )  # fmt: skip
    if _LINK.search(text):
        raise Refused(_("Tautan tidak dapat ditulis di sini. Jelaskan isinya dengan kata-kata."),
                      field=field, code="link")  # fmt: skip

"""People as administrators keep them: corrected names and numbers, accounts switched off and on again."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.perform import perform
from accounts.actions.sign_in_codes import void_codes
from accounts.errors import Refused
from accounts.models import KeptPerson, User
from accounts.roles import Permission
from accounts.scope import Place, Scope


def keeps(*, user: User, by: User) -> bool:
    """Whether `by` looks after everything that this person does: only then may they change the account."""
    area = KeptPerson.objects.get(pk=user.pk).area_id
    return area is not None and Scope.of(by).covers(Permission.PEOPLE_MANAGE, Place(region=area))


@transaction.atomic
def correct(*, user: User, by: User, name: str, phone: str, reason: str) -> User:
    """Correct a name or a phone number (E.164, "" for none). A new number voids the codes handed over for the old."""
    kept = _kept(user, by)
    try:
        with transaction.atomic(), perform(kept, "correct", by=by, reason=reason) as act:
            subject: KeptPerson = act.subject
            if not phone and not subject.email:
                raise Refused(_("Orang ini masuk dengan nomor telepon. Tulis nomornya."), field="phone")
            changed = [
                field
                for field, value in (("name", name), ("phone", phone or None))
                if getattr(subject, field) != value
            ]
            if not changed:
                raise Refused(_("Belum ada yang berubah."), field="phone")
            subject.name, subject.phone = name, phone or None
            act.data["fields"] = changed
            if "phone" in changed:
                void_codes(subject, "number changed")
    except IntegrityError as error:
        raise Refused(_("Nomor ini sudah dipakai orang lain."), field="phone") from error
    return act.subject  # type: ignore[no-any-return]


@transaction.atomic
def deactivate(*, user: User, by: User, reason: str) -> User:
    """Let nobody in by this account any more, from this moment; what it did and holds stays on record."""
    if user.pk == by.pk:
        raise Refused(_("Anda tidak dapat menonaktifkan akun Anda sendiri. Minta administrator lain."))
    with perform(_kept(user, by), "deactivate", by=by, reason=reason) as act:
        void_codes(act.subject, "deactivated")
    return act.subject  # type: ignore[no-any-return]


def reactivate(*, user: User, by: User, reason: str) -> User:
    with perform(_kept(user, by), "reactivate", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def _kept(user: User, by: User) -> KeptPerson:
    """The person to keep; refused in words when somebody else has a say, too."""
    if Scope.of(by).may(Permission.PEOPLE_MANAGE) and not keeps(user=user, by=by):
        raise Refused(_("Orang ini juga bertugas di luar wilayah Anda. Minta administrator provinsi."))
    return KeptPerson.objects.get(pk=user.pk)

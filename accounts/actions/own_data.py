"""A copy of one's own data, and the end of an account that leaves the ledger whole (UU 27/2022)."""

import io
import json
import zipfile
from datetime import timedelta

import pghistory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import clock, personal, secrets
from accounts.actions.own_account import end_other_sessions
from accounts.actions.perform import perform
from accounts.actions.sign_in_codes import void_codes
from accounts.errors import Refused
from accounts.models import (
    Assignment,
    CollaboratorKind,
    CopyState,
    Erasure,
    ErasureState,
    Invitation,
    Organisation,
    PersonalCopy,
    User,
)
from accounts.notices.actions.history import forget_name
from accounts.notices.actions.telling import path_to
from accounts.notices.models import Notice, NoticePreference, NumberProof
from accounts.roles import ORGANISATION_ROLES, Standing
from accounts.stored import delete_after_commit

COPY_KEPT = timedelta(days=3)


def ask_for_copy(*, user: User, by: User) -> PersonalCopy:
    """Begin a copy; one that is being made already is the same one."""
    try:
        with transaction.atomic():
            copy = PersonalCopy(user=user, key=secrets.new_token(), asked_at=clock.now())
            with perform(copy, "ask", by=by):
                pass
    except IntegrityError:
        return PersonalCopy.objects.get(user=user, state=CopyState.WAITING)
    return copy


def make_copy(pk: int) -> None:
    """Gather the data of a copy that waits and keep it for three days. Safe to run twice."""
    copy = PersonalCopy.objects.filter(pk=pk, state=CopyState.WAITING).select_related("user").first()
    if copy is None:
        return
    with override(copy.user.language):
        content = _zip(personal.tables_of(copy.user))
    with perform(copy, "finish", by=None) as act:
        act.subject.expires_at = clock.now() + COPY_KEPT
        act.subject.file.save("data.zip", ContentFile(content), save=False)


def end_copies() -> int:
    """Delete the files of copies whose time is over; how many."""
    over = PersonalCopy.objects.filter(state=CopyState.READY, expires_at__lte=clock.now())
    for copy in over:
        end_copy(copy)
    return len(over)


def end_copy(copy: PersonalCopy) -> None:
    with perform(copy, "end", by=None) as act:
        delete_after_commit(act.subject.file)
        act.subject.file = ""


def waiting_copies() -> list[int]:
    return list(PersonalCopy.objects.filter(state=CopyState.WAITING).values_list("pk", flat=True))


def _zip(tables: dict[str, personal.Rows]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_("BACA-SAYA.txt"), _read_me())
        archive.writestr("data.json", json.dumps(tables, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
    return out.getvalue()


def _read_me() -> str:
    return " ".join(
        [
            _("Salinan data pribadi dari platform KSBB Jakarta."),
            _("data.json memuat semua yang kami simpan tentang Anda, tabel demi tabel."),
            _("Kata sandi dan kode rahasia tidak disalin; nama orang lain juga tidak."),
        ]
    )


# --- the end of an account


def still_open(user: User) -> list[str]:
    """What has to be settled first, in sentences; empty: the account can go."""
    found = []
    for held in user.assignments.in_force().select_related("region", "site", "organisation"):
        if held.role not in ORGANISATION_ROLES:
            found.append(
                _("Anda masih bertugas sebagai %(role)s %(place)s. Minta administrator mengakhirinya dulu.")
                % {"role": held.get_role_display(), "place": held.place}
            )
        else:
            found += _open_in(held)
    return list(dict.fromkeys(found))


def _open_in(held: Assignment) -> list[str]:
    assert held.organisation is not None
    others = held.organisation.assignments.in_force().exclude(user=held.user_id)
    if not others.exists():
        return [
            _("%(organisation)s: %(matter)s") % {"organisation": held.organisation, "matter": matter}
            for matter in personal.open_matters_of(held.organisation)
        ]
    if held.is_owner and not others.filter(standing=Standing.OWNER).exists():
        return [_("Serahkan dulu kepemilikan %(organisation)s kepada anggota lain.")
                % {"organisation": held.organisation}]  # fmt: skip
    return []


def ask_for_erasure(*, user: User, by: User) -> Erasure:
    """Queue the end of the account; refused with every reason while something is open. Asked twice: the same."""
    if reasons := still_open(user):
        raise Refused(" ".join(reasons), code="open")
    now = clock.now()
    try:
        with transaction.atomic():
            erasure = Erasure(
                user=user, asked_at=now, due_at=now + timedelta(days=settings.KSBB_ERASURE_DAYS)
            )
            with perform(erasure, "ask", by=by):
                pass
    except IntegrityError:
        return Erasure.objects.get(user=user, state=ErasureState.WAITING)
    return erasure


def undo_erasure(*, erasure: Erasure, by: User) -> Erasure:
    with perform(erasure, "undo", by=by) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def erase_due() -> int:
    """Carry out what is due; what is held up by something that was opened since waits. How many were erased."""
    due = Erasure.objects.filter(state=ErasureState.WAITING, due_at__lte=clock.now()).select_related("user")
    return sum(erase(erasure) for erasure in due)


def erase(erasure: Erasure) -> bool:
    """Erase name and contact of a person, and of an organisation that is that person; False: something is open."""
    user = erasure.user
    with override(user.language):
        reasons = " ".join(still_open(user))
    if reasons:
        if reasons != erasure.held_by:
            with perform(erasure, "hold", by=None) as act:
                act.subject.held_by = reasons
        return False
    with perform(erasure, "erase", by=None) as act:
        act.subject.held_by = ""
        person = User.objects.select_for_update().get(pk=user.pk)
        gone = _alone_in(person)
        for held in person.assignments.in_force():
            with perform(held, "leave", by=None) as leaving:
                leaving.subject.ends = max(clock.today(), held.starts)
        for organisation in gone:
            _erase_organisation(organisation)
        with pghistory.context(verb="erase"):
            personal.forget(person, gone)
        _erase_person(person)
    return True


def forget_unproved() -> int:
    """End the accounts of those who signed up with an address that nobody proved in time; how many.

    They were never in, so nothing but what they typed at signing up is theirs, and that goes.
    """
    now = clock.now()
    ended = 0
    late = Q(created_at__lte=now - timedelta(days=settings.KSBB_UNPROVED_DAYS))
    for user in unproved().filter(late).exclude(erasures__state=ErasureState.WAITING):
        with transaction.atomic():
            erasure = Erasure(user=user, asked_at=now, due_at=now)
            with perform(erasure, "ask", by=None):
                pass
            ended += erase(erasure)
    return ended


def unproved() -> QuerySet[User]:
    """People of whom nothing is known but an address that they typed."""
    rows = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        Exists(rows), ~Exists(rows.filter(verified=True)), last_login=None, phone=None, erased_at=None,
    )  # fmt: skip


def _alone_in(person: User) -> list[Organisation]:
    """Organisations that are this person, and of whom nobody else is a member: individuals, or what nobody proved."""
    mine = Organisation.objects.filter(assignments__in=person.assignments.in_force()).distinct()
    if not unproved().filter(pk=person.pk).exists():
        mine = mine.filter(collaborator_kind=CollaboratorKind.INDIVIDUAL)
    return [one for one in mine if not one.assignments.in_force().exclude(user=person).exists()]


def _erase_organisation(organisation: Organisation) -> None:
    with perform(organisation, "erase", by=None) as act:
        subject: Organisation = act.subject
        delete_after_commit(subject.logo)
        individual = subject.collaborator_kind == CollaboratorKind.INDIVIDUAL
        before = subject.name
        subject.name = (
            _("Perorangan yang menghapus akunnya") if individual else _("Pendaftaran yang tidak dikonfirmasi")
        )
        subject.phone = subject.email = subject.website = subject.about = ""
        subject.logo = ""  # type: ignore[assignment]
        subject.may_be_named = subject.has_page = False
        page = path_to("own_organisation", subject.pk)
        forget_name(Notice.objects.filter(path=page), "organisation", before, subject.name)


def _erase_person(person: User) -> None:
    emails = {person.email or "", *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    Invitation.objects.filter(email__in=emails - {""}).update(email="", name="", user=person)
    Invitation.objects.filter(user=person).update(email="", name="")
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    void_codes(person, "erased")
    person.own_places.all().delete()
    person.notices.all().delete()
    person.notice_messages.all().delete()
    NoticePreference.objects.filter(person=person).delete()
    NumberProof.objects.filter(person=person).delete()
    for copy in PersonalCopy.objects.filter(user=person, state=CopyState.READY):
        end_copy(copy)
    end_other_sessions(person)
    person.set_unusable_password()
    person.email = person.phone = None
    person.name, person.is_active, person.erased_at = "", False, clock.now()
    person.save()

"""Codes and links for those who sign in by phone number: issued in person, good for once."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock, secrets
from accounts.actions.perform import perform
from accounts.errors import Refused
from accounts.models import MAX_ATTEMPTS, SignInCode, SignInCodeState, User
from accounts.queries.posts import posts_of
from accounts.roles import RECIPIENT_ROLES, Permission
from accounts.scope import Place, Scope

VALID_FOR = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Issued:
    """What is handed over; nothing but digests of it is kept."""

    record: SignInCode
    code: str
    token: str


@transaction.atomic
def issue_code(*, user: User, by: User | None) -> Issued:
    """Make a code and a link for an official within one's own area; earlier ones are void.

    Refused for anybody who is more than an official, or an official elsewhere too: whoever holds the code
    is that person.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    posts = posts_of(person)
    if not person.phone or not person.is_active or not posts:
        raise Refused(_("Kode masuk hanya untuk pengurus yang nomor teleponnya tercatat."))
    scope = Scope.of(by)
    mine = [post for post in posts if scope.covers(Permission.CODE_ISSUE, Place(region=post.area_id))]
    code, token, now = secrets.new_code(), secrets.new_token(), clock.now()
    record = SignInCode(
        user=person,
        area_id=(mine or posts)[0].area_id,
        code_digest=secrets.digest("code", person.pk, code),
        token_digest=secrets.digest("link", token),
        issued_by=by,
        issued_at=now,
        expires_at=now + VALID_FOR,
    )
    void_codes(person, "replaced")
    with perform(record, "issue", by=by):
        if any(post.role not in RECIPIENT_ROLES for post in posts):
            raise Refused(
                _("Orang ini juga memegang peran lain, jadi harus masuk dengan surel dan kata sandi.")
            )
        if by is not None and len(mine) < len(posts):
            raise Refused(_("Orang ini juga bertugas di luar wilayah Anda. Minta administrator kota."))
    return Issued(record, code, token)


def may_issue(*, user: User, by: User) -> bool:
    """Whether a button for a code belongs on the person's page."""
    posts = posts_of(user)
    scope = Scope.of(by)
    return bool(user.phone and user.is_active and posts) and all(
        post.role in RECIPIENT_ROLES and scope.covers(Permission.CODE_ISSUE, Place(region=post.area_id))
        for post in posts
    )


@transaction.atomic
def try_code(*, phone: str, code: str) -> User | None:
    """The person, if this is their code now; the code is used up. Each wrong try counts, the fifth voids it."""
    record = (
        SignInCode.objects.select_for_update(of=("self",))
        .filter(user__phone=phone, state=SignInCodeState.ISSUED)
        .select_related("user")
        .first()
    )
    # The same work for a number that nobody has, so that the time taken does not tell.
    typed = secrets.digest("code", record.user_id if record else 0, code)
    right = secrets.same(typed, record.code_digest if record else "0" * 64)
    if record is None or not _fresh(record):
        return None
    if not right:
        record.attempts += 1
        record.save(update_fields=["attempts"])
        if record.attempts >= MAX_ATTEMPTS:
            _void(record, "guessed")
        return None
    return _use(record, "code")


def person_of_link(token: str) -> User | None:
    """Whose link it is, while it is good. Nothing is used up: previews of messages open links, too."""
    record = _by_token(token).first()
    return record.user if record and _fresh(record) else None


@transaction.atomic
def use_link(*, token: str) -> User | None:
    """The person, if the link is good; it is used up."""
    record = _by_token(token).select_for_update(of=("self",)).first()
    return _use(record, "link") if record and _fresh(record) else None


def _by_token(token: str):  # type: ignore[no-untyped-def]
    found = SignInCode.objects.filter(
        token_digest=secrets.digest("link", token), state=SignInCodeState.ISSUED
    )
    return found.select_related("user")


def _fresh(record: SignInCode) -> bool:
    """Good now. Who has become more than an official since it was issued no longer comes in by it."""
    if not record.is_open or not record.user.is_active:
        return False
    return all(post.role in RECIPIENT_ROLES for post in posts_of(record.user))


def _use(record: SignInCode, way: str) -> User:
    with perform(record, "use", by=None, way=way) as act:
        act.subject.used_at = clock.now()
    return record.user


def void_codes(person: User, why: str) -> None:
    """Codes handed over earlier let nobody in any more."""
    for earlier in SignInCode.objects.filter(user=person.pk, state=SignInCodeState.ISSUED):
        _void(earlier, why)


def _void(record: SignInCode, why: str) -> None:
    with perform(record, "void", by=None, why=why):
        pass

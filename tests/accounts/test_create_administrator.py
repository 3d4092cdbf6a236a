import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Assignment, User
from accounts.roles import Role
from tests.factories import UserFactory, tree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _typed(monkeypatch) -> None:
    tree("31.74")
    monkeypatch.setattr("sys.stdin", io.StringIO("kopi-tubruk-dua-gelas\n"))


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("create_administrator", *words, "--password-stdin", stdout=out)
    return out.getvalue()


def test_first_administrator_has_the_province() -> None:
    assert "is administrator of" in run("Ani@Contoh.test", "--name", "Ani")
    user = User.objects.get()
    assert user.email == "ani@contoh.test"
    assert user.check_password("kopi-tubruk-dua-gelas")
    assignment = Assignment.objects.get()
    assert (assignment.role, assignment.region_id, assignment.area_id) == (Role.ADMINISTRATOR, "31", "31")
    assert assignment.moves.get().actor is None


def test_somebody_known_is_given_the_role_and_keeps_the_password() -> None:
    user = UserFactory(email="ani@contoh.test")
    run("ani@contoh.test", "--region", "31.74")
    assert Assignment.objects.get().user == user
    with pytest.raises(CommandError):
        run("ani@contoh.test", "--region", "31.74")


@pytest.mark.parametrize(
    "words",
    [
        ("bukan-surel", "--name", "Ani"),
        ("ani@contoh.test",),
        ("ani@contoh.test", "--name", "Ani", "--region", "99"),
    ],
)
def test_bad_words_make_nobody(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*words)
    assert not User.objects.exists()


def test_weak_password_makes_nobody(monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("12345678\n"))
    with pytest.raises(CommandError):
        run("ani@contoh.test", "--name", "Ani")
    assert not User.objects.exists()

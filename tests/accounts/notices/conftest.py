from collections.abc import Callable, Iterator

import pytest

from accounts import clock
from accounts.models import Notice, User
from accounts.notices.kinds import KINDS, Group, Kind
from tests.accounts.notices.sinks import Gateway, Mailbox, mail_server, whatsapp_gateway
from tests.factories import UserFactory, with_password

Tell = Callable[..., Notice]


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.DEFAULT_FROM_EMAIL = "KSBB <kabar@ksbb.contoh.test>"
        settings.KSBB_ADDRESS = "https://ksbb.contoh.test"
        settings.WHATSAPP_URL = ""
        yield box


@pytest.fixture
def gateway(settings, mailbox: Mailbox) -> Iterator[Gateway]:
    with whatsapp_gateway() as found:
        settings.WHATSAPP_URL = f"http://127.0.0.1:{found.port}/pesan"
        settings.WHATSAPP_TOKEN = "kunci"
        yield found


@pytest.fixture
def person(db: None) -> User:
    """Somebody with a proved address."""
    return with_password(UserFactory(name="Rina Contoh"), "rahasia-sekali")


@pytest.fixture
def kinds() -> Iterator[dict[str, Kind]]:
    made = {
        "plain": Kind("test.plain", Group.FORUM, title="Usulan %(number)s terbit", text="Baca <sekarang>."),
        "open": Kind("test.open", Group.FORUM, title="Kabar %(number)s", is_public=True),
        "urgent": Kind("test.urgent", Group.MISCONDUCT, title="Segera %(number)s", urgent=True),
    }
    yield made
    for kind in made.values():
        KINDS.pop(kind.name, None)


@pytest.fixture
def tell(person: User, kinds: dict[str, Kind]) -> Tell:
    """Give somebody a notice of a kind, at the platform's time."""
    counter = iter(range(1, 10_000))

    def give(kind: str = "plain", to: User | None = None, **more) -> Notice:
        number = next(counter)
        return Notice.objects.create(
            **{
                "person": to or person, "kind": kinds[kind].name, "key": f"test:{number}", "label": f"U-{number}",
                "path": f"/usulan/{number}/", "params": {"number": f"U-{number}"}, "at": clock.now(), **more,
            }
        )  # fmt: skip

    return give

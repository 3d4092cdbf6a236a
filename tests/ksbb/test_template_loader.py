"""What pages are sent of their templates."""

import pytest
from django.conf import settings
from django.template.loader import get_template

from ksbb.template_loader import unindented

pytestmark = pytest.mark.django_db


def test_lines_begin_with_their_first_letter() -> None:
    assert unindented("<p>\n    a  b\n\t</p>\n") == "<p>\na  b\n</p>\n"


@pytest.mark.parametrize("address", ["/id/", "/id/peta/", "/id/program/"])
def test_pages_carry_no_indentation(client, address: str) -> None:
    lines = client.get(address).content.decode().splitlines()
    assert not [line for line in lines if line.startswith((" ", "\t"))]


def test_mail_is_sent_as_it_is_written() -> None:
    name = "account/email/email_confirmation_message.txt"
    written = (settings.BASE_DIR / "templates" / name).read_text()
    assert get_template(name).template.source == written  # type: ignore[attr-defined]

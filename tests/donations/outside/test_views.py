"""The officers' pages of figures from outside, and where the public reads them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from donations.outside.models import OutsideFigure
from tests.donations.outside.test_actions import make_outside
from tests.factories import AidTypeFactory, assessor, collaborator, make_need, someone, tree

pytestmark = pytest.mark.django_db
HOME = "/id/meja/luar-platform/"


def answers(**more) -> dict[str, object]:
    aid = AidTypeFactory()
    return {
        "program": aid.program_id, "region": "31.74", "measure": "delivered", "aid_type": aid.pk, "quantity": "2500",
        "since": "2026-04-01", "until": "2026-06-30", "source": "Laporan Contoh", "source_date": "2026-07-15",
        "link": "https://contoh.test/laporan", **more,
    }  # fmt: skip


def test_assessor_records_shows_corrects_and_withdraws(client: Client) -> None:
    client.force_login(assessor("31.74"))
    response = client.post(f"{HOME}baru/", answers())
    figure = OutsideFigure.objects.get()
    assert response["Location"] == f"{HOME}{figure.pk}/"
    assert client.post(f"{HOME}{figure.pk}/publish/").status_code == 302
    make_need()
    public = Client().get("/id/statistik/").content.decode()
    assert "Belum ada angka yang diterbitkan" in public
    assert "Laporan Contoh" in public
    assert "https://contoh.test/laporan" in public
    refused = client.post(f"{HOME}{figure.pk}/ubah/", answers(quantity="2400"))
    assert refused.status_code == 422
    assert 'value="2400"' in refused.content.decode()
    client.post(f"{HOME}{figure.pk}/ubah/", answers(quantity="2400", reason="Salah baca."))
    assert client.post(f"{HOME}{figure.pk}/withdraw/").status_code == 422
    assert client.post(f"{HOME}{figure.pk}/withdraw/", {"reason": "Dicabut."}).status_code == 302
    figure.refresh_from_db()
    assert (figure.state, figure.quantity) == ("withdrawn", 2400)
    page = client.get(f"{HOME}{figure.pk}/").content.decode()
    assert "Angka dikoreksi" in page
    assert "Dicabut." in page
    assert "Laporan Contoh" not in Client().get("/id/statistik/").content.decode()


def test_form_keeps_what_was_typed_and_says_what_is_missing(client: Client) -> None:
    client.force_login(assessor("31.74"))
    response = client.post(f"{HOME}baru/", answers(link="", source="Koran Contoh", quantity=""))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Koran Contoh" in page
    assert "Tulis jumlahnya" in page
    response = client.post(f"{HOME}baru/", answers(quantity="-3"))
    assert response.status_code == 422
    assert not OutsideFigure.objects.exists()


def test_out_of_reach_is_404_and_other_roles_403(client: Client) -> None:
    figure = make_outside()
    client.force_login(assessor("31.75"))
    for path in ("", "ubah/", "publish/", "withdraw/"):
        assert client.get(f"{HOME}{figure.pk}/{path}").status_code == 404
    assert client.post(f"{HOME}{figure.pk}/publish/").status_code == 404
    # An address of the form with a place out of reach is refused beside its field.
    tree("31.74")
    assert client.post(f"{HOME}baru/", answers()).status_code == 422
    client.force_login(someone(Role.ADMINISTRATOR, tree("31")))
    assert client.get(f"{HOME}{figure.pk}/").status_code == 200
    assert client.get(f"{HOME}baru/").status_code == 403
    assert client.post(f"{HOME}{figure.pk}/publish/").status_code == 403
    client.force_login(collaborator())
    assert client.get(HOME).status_code == 403
    assert client.get(f"{HOME}{figure.pk}/").status_code == 404


def test_verb_that_is_none_of_these_is_404_and_one_not_now_409(client: Client) -> None:
    client.force_login(assessor("31.74"))
    figure = make_outside("published")
    assert client.get(f"{HOME}{figure.pk}/terbang/").status_code == 404
    assert client.post(f"{HOME}{figure.pk}/publish/").status_code == 409


def test_list_asks_as_often_for_many_as_for_one(client: Client) -> None:
    client.force_login(assessor("31.74"))
    make_outside()
    client.get(HOME)
    with CaptureQueriesContext(connection) as few:
        assert "LP-" in client.get(HOME).content.decode()
    for state in ("recorded", "published", "withdrawn") * 6:
        make_outside(state)
    with CaptureQueriesContext(connection) as many:
        client.get(HOME)
    assert len(few) == len(many)
    assert (
        "Tampil"
        not in client.get(f"{HOME}?keadaan=withdrawn&program=pangan").content.decode().split("<tbody>")[1]
    )

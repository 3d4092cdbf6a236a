"""What people may type by mistake or on purpose, and that the pledge flow answers each with a page of its own."""

import pytest
from django.test import Client

from accounts.models import Organisation
from donations.pledges.models import Pledge, PledgeDraft
from donations.pledges.views.walk import SUMMARY
from tests.donations.pledges.walks import agreement, begin, step, walk
from tests.factories import collaborator, make_need, tree

pytestmark = pytest.mark.django_db
HOSTILE = [
    "x" * 10_000, "<script>alert(1)</script>", "\u202e1000\u202c مرحبا", "🍚" * 300, "'; DROP TABLE pledge; --", "\x00",
    "{{ 7*7 }}%(x)s",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_every_field_answers_odd_text_with_a_page(client: Client, text: str) -> None:
    client.force_login(collaborator())
    need = make_need()
    start = f"/id/kebutuhan/{need.pk}/ikrar/"
    draft = begin(client, need)
    posts = [
        (start, {"jumlah": text}), (start, {"jumlah": "5", "ke": text}), (start, {"jumlah_cepat": text}),
        (step(draft, "cara"), {"cara": text}), (step(draft, "sumber"), {"sumber": text}),
        (step(draft, "jadwal"), {"tanggal": text, "ulang": text, "pesan": text}),
        (step(draft, "nama"), {"sebut": text}), (step(draft, SUMMARY), {"surat": text}),
        (f"/id/ikrar/isian/{draft.key}/hapus/", {"baris": text}),
        (f"/id/ikrar/isian/{draft.key}/pindah/", {"kebutuhan": text, "baris": text}),
        ("/id/ikrar/tempatkan/", {"bantuan": text, "wilayah": text, "jumlah": text, "yakin": text}),
        ("/id/ikrar/tawarkan/", {"bantuan": text, "tempat": text, "jumlah": text, "tetap": text}),
    ]  # fmt: skip
    for path, data in posts:
        response = client.post(path, data)
        assert response.status_code in (302, 404, 422), path
        assert "<script>alert" not in response.content.decode(), path
    odd = dict.fromkeys(
        ("punya", "titik", "kotak", "daerah", "jarak", "penerima", "prioritas", "wilayah"), text
    )
    for page in ("/id/kebutuhan/", "/id/peta/", "/data/map/figures.json"):
        assert client.get(page, odd).status_code == 200
    assert not Pledge.objects.exists()


def test_message_of_any_letters_is_kept_as_it_was_written(client: Client) -> None:
    client.force_login(collaborator())
    message = "مرحبا 🍚 <b>tebal</b> \u202eterbalik\u202c"
    draft = walk(client, begin(client, make_need()), jadwal={"tanggal": "", "pesan": message})
    page = client.get(step(draft, SUMMARY)).content.decode()
    assert "<b>tebal</b>" not in page
    client.post(step(draft, SUMMARY), agreement(client, draft))
    assert Pledge.objects.get().note == message


@pytest.mark.parametrize(
    ("written", "quantity"),
    [
        ("1.000", 1000),
        ("1,000", 1000),
        ("1 000", 1000),
        ("1'000", 1000),
        ("1000,-", 1000),
        ("1.000,00", 1000),
    ],
)
def test_dots_and_commas_part_thousands(client: Client, written: str, quantity: int) -> None:
    begin(client, make_need(), written)
    assert PledgeDraft.objects.get().quantity == quantity


@pytest.mark.parametrize(
    "written",
    [
        "081234567890", "0812 3456 7890", "0812-3456-7890", "0812.3456.7890", "+6281234567890", "+62 812-3456-7890",
        "6281234567890", "62 812 3456 7890", "+62 (0)812 3456 7890", "(0812) 3456 7890",
    ],
)  # fmt: skip
def test_phone_of_a_new_collaborator_is_one_number_in_every_spelling(client: Client, written: str) -> None:
    tree("31.74")
    client.post(
        "/id/daftar/",
        {
            "kind": "individual", "name": "Sari Contoh", "email": "sari@contoh.test", "consent": "on",
            "password1": "kopi-tubruk-dua-gelas", "phone": written,
        },
    )  # fmt: skip
    assert Organisation.objects.get().phone == "0812 3456 7890"


def test_two_tabs_and_the_way_back_keep_the_last_answer_of_each_question(client: Client) -> None:
    client.force_login(collaborator())
    draft = walk(client, begin(client, make_need()))
    assert 'value="langsung" aria-current="true"' in client.get(step(draft, "cara")).content.decode()
    client.post(step(draft, "sumber"), {"sumber": "zakat"})
    client.post(step(draft, "jumlah"), {"jumlah": "70"})
    page = client.get(step(draft, SUMMARY)).content.decode()
    assert "zakat" in page
    client.post(step(draft, SUMMARY), agreement(client, draft))
    commitment = Pledge.objects.get().commitments.get()
    assert (commitment.quantity, commitment.source) == (70, "zakat")

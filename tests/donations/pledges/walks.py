"""Walking the pledge flow in tests."""

from typing import Any

from django.test import Client

from donations.pledges.models import PledgeDraft
from donations.pledges.views.walk import QUESTIONS, SUMMARY
from programs.models import Need

ANSWERS: dict[str, dict[str, Any]] = {
    "jumlah": {"jumlah": "100"},
    "cara": {"cara": "langsung"},
    "sumber": {"sumber": "csr"},
    "jadwal": {"tanggal": "", "ulang": "", "pesan": "Hubungi Sari."},
    "nama": {"sebut": "ya"},
}


def step(draft: PledgeDraft, name: str, language: str = "id") -> str:
    return f"/{language}/ikrar/isian/{draft.key}/{name}/"


def begin(client: Client, need: Need, quantity: object = "100") -> PledgeDraft:
    """The first answer, and the draft that keeps it."""
    response = client.post(f"/id/kebutuhan/{need.pk}/ikrar/", {"jumlah": quantity})
    assert response.status_code == 302, response.content.decode()
    return PledgeDraft.objects.latest("pk")


def walk(client: Client, draft: PledgeDraft, **answers: dict[str, Any]) -> PledgeDraft:
    """Answer every other question; each page leads to the next."""
    for name in QUESTIONS[1:]:
        response = client.post(step(draft, name), answers.get(name, ANSWERS[name]))
        assert response.status_code == 302, response.content.decode()
    draft.refresh_from_db()
    return draft


def agreement(client: Client, draft: PledgeDraft) -> dict[str, str]:
    """What the summary's form sends when its letter is agreed to."""
    page = client.get(step(draft, SUMMARY))
    assert page.status_code == 200
    return {"surat": page.context["form"]["surat"].value()}

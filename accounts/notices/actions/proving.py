"""A number for WhatsApp is its owner's once a code that was sent there comes back."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock, secrets
from accounts.errors import Refused
from accounts.models import User
from accounts.notices.actions.choosing import locked
from accounts.notices.channels.trouble import NotSent, Unclear
from accounts.notices.channels.whatsapp import send_text
from accounts.notices.models import NumberProof

VALID_FOR = timedelta(minutes=10)
MOST_ATTEMPTS = 5


def ask_for_proof(person: User, phone: str) -> NumberProof:
    """Send a code to the number (E.164); an earlier one is void. `Refused` where the gateway did not take it."""
    code = secrets.new_code()
    kept = {
        "phone": phone,
        "code_digest": _digest(person, phone, code),
        "asked_at": clock.now(),
        "attempts": 0,
    }
    proof, _made = NumberProof.objects.update_or_create(person=person, defaults=kept)
    text = _("%(code)s adalah kode KSBB Anda. Berlaku sepuluh menit. Tidak memintanya? Abaikan saja.")
    try:
        send_text(phone, text % {"code": code}, uuid.uuid4())
    except NotSent as error:
        proof.delete()
        raise Refused(
            _("Kode belum dapat dikirim ke nomor itu. Periksa nomornya, atau coba lagi nanti."), field="phone"
        ) from error
    except Unclear:
        pass  # It may have gone out: whoever gets it may use it, whoever does not asks again.
    return proof


def awaited(person: User) -> NumberProof | None:
    """The number whose code is still good."""
    rows = NumberProof.objects.filter(person=person, asked_at__gte=clock.now() - VALID_FOR)
    return rows.first()


@transaction.atomic
def prove(person: User, code: str) -> bool:
    """Whether it is the code that was sent; from then on messages go there. The fifth wrong try voids it."""
    proof = NumberProof.objects.select_for_update().filter(person=person).first()
    if proof is None or clock.now() > proof.asked_at + VALID_FOR:
        return False
    if not secrets.same(_digest(person, proof.phone, code), proof.code_digest):
        proof.attempts += 1
        proof.delete() if proof.attempts >= MOST_ATTEMPTS else proof.save(update_fields=["attempts"])
        return False
    kept = locked(person)
    kept.whatsapp_phone = proof.phone
    kept.save(update_fields=["whatsapp_phone"])
    proof.delete()
    return True


@transaction.atomic
def drop_number(person: User) -> None:
    """Send nothing to that number any more."""
    NumberProof.objects.filter(person=person).delete()
    kept = locked(person)
    kept.whatsapp_phone = ""
    if not person.phone:
        kept.whatsapp_on = []
    kept.save(update_fields=["whatsapp_phone", "whatsapp_on"])


def _digest(person: User, phone: str, code: str) -> str:
    return secrets.digest("number", person.pk, phone, code)

"""What was written about commitments of the demo's collaborator, and a redirection that waits for its answer."""

from datetime import datetime, timedelta

from accounts import clock
from accounts.models import User
from donations.demo.cast import SOUTH, Cast
from donations.messages import actions as messages
from donations.pledges import actions as pledges
from donations.pledges.models import Commitment
from donations.pledges.queries import nearest_open

TALK = (
    (46, True, "Apakah paketnya boleh diantar hari Sabtu? Relawan kami hanya bisa akhir pekan."),
    (41, False, "Boleh. Balai warga buka Sabtu pukul 08.00 sampai 12.00; pengurus RW sudah diberi tahu."),
    (5, True, "Terima kasih. Satu hal lagi: adakah tempat parkir untuk mobil bak di dekat balai warga?"),
)
WHY = "Gudang kami di dekat sana, jadi tibanya lebih cepat."


def converse(cast: Cast, until: datetime) -> int:
    """How many verbs: a conversation in the south, and a request to move a gift that is not planned yet."""
    giver = User.objects.get(email="kolaborator@demo.test")
    officer = cast.assessors[SOUTH]
    own = Commitment.objects.filter(
        pledge__collaborator__assignments__user=giver, region__code__startswith=SOUTH, state="submitted"
    ).order_by("-pk")
    done = 0
    for commitment in own[:1]:
        for hours, asks, text in TALK:
            with clock.at(max(until - timedelta(hours=hours), commitment.pledge.submitted_at)):
                messages.send(commitment=commitment, by=giver if asks else officer, text=text)
            done += 1
    for commitment in own[1:2]:
        allocation = commitment.allocations.get()
        target = nearest_open(allocation.need, 1).filter(region__code__startswith=SOUTH).first()
        if target is not None:
            with clock.at(until - timedelta(hours=3)):
                pledges.ask_redirect(
                    allocation=allocation, need=target, quantity=min(allocation.free, target.missing), by=giver,
                    reason=WHY,
                )  # fmt: skip
            done += 1
    return done

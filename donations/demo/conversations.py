"""What was written about gifts of the demo, and what waits for an answer: a redirection, and an official's request."""

from datetime import datetime, timedelta

from accounts import clock
from accounts.models import User
from donations.demo.cast import SOUTH, Cast
from donations.messages import actions as messages
from donations.pledges import actions as pledges
from donations.pledges.models import Commitment
from donations.pledges.queries import nearest_open
from programs.adjustments import actions as adjustments
from programs.adjustments.states import Wanted
from programs.models import Need

TALK = (
    (46, True, "Apakah paketnya boleh diantar hari Sabtu? Relawan kami hanya bisa akhir pekan."),
    (41, False, "Boleh. Balai warga buka Sabtu pukul 08.00 sampai 12.00; pengurus RW sudah diberi tahu."),
    (5, True, "Terima kasih. Satu hal lagi: adakah tempat parkir untuk mobil bak di dekat balai warga?"),
)
SMALLER = "Balai warga hanya muat separuhnya, dan separuh keluarga sudah menerima dari kelurahan."
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
    return done + _ask_for_less(until)


def _ask_for_less(until: datetime) -> int:
    """The official of the demo's RW wants less of a need of theirs; the assessor has not answered yet."""
    official = User.objects.get(email="rw@demo.test")
    for need in Need.objects.visible_to(official).open().order_by("pk")[:1]:
        with clock.at(until - timedelta(hours=2)):
            adjustments.ask(
                need=need, wanted=Wanted.LESS, target=need.target - (need.missing + 1) // 2, by=official,
                reason=SMALLER,
            )  # fmt: skip
        return 1
    return 0

"""Reports with confirmations for tests; each reaches its state by verbs."""

from datetime import timedelta

from accounts import clock
from accounts.models import User
from donations.confirmations import actions
from donations.confirmations.kinds import Reply
from donations.confirmations.models import Confirmation, Draw
from donations.handovers.models import Handover
from tests.factories import make_commitment, make_delivery, make_handover, make_need, official, tree

RW = "31.74.01.1001.003"
ALL, SOME, NONE, PAID = Reply("all"), Reply("some"), Reply("none"), Reply(paid=True)


def submitted(quantity: int = 100, *, by: User | None = None, **counts) -> Handover:
    """A report that an official handed in."""
    commitment = make_commitment("accepted", need=make_need(target=100_000), quantity=quantity)
    delivery = make_delivery("dispatched", commitment=commitment)
    return make_handover("submitted", delivery=delivery, by=by or official(tree(RW)), **counts)


def drawn(handover: Handover, *, size: int = 12, households: int = 640, days: int = 14) -> Draw:
    return actions.draw(
        handover=handover, by=None, households=households, size=size,
        expires_on=clock.today() + timedelta(days=days),
    )  # fmt: skip


def answered(draw: Draw, *replies: Reply) -> list[Confirmation]:
    """The first slips of a draw, answered like that."""
    slips = draw.slips.filter(state="open").order_by("position")
    return [
        actions.answer(confirmation=slip, reply=reply, by=None)
        for slip, reply in zip(slips, replies, strict=False)
    ]

"""The members of the demo's giving organisation besides its owner: one of each standing, and invitations on the way."""

from datetime import datetime, timedelta

from accounts import clock
from accounts.actions.invitations import accept
from accounts.actions.members import invite_member
from accounts.roles import Standing
from donations.demo.cast import Cast

# Days ago, name, address, standing; whoever has an address of the demo took the invitation.
INVITED = (
    (200, "Pengelola Contoh", "pengelola@demo.test", Standing.ADMIN),
    (120, "Anggota Contoh", "anggota@demo.test", Standing.MEMBER),
    (19, "Relawan Contoh", "relawan@contoh.test", Standing.MEMBER),
    (2, "Bendahara Contoh", "bendahara@contoh.test", Standing.ADMIN),
)


def gather_members(cast: Cast, until: datetime) -> int:
    """Two who joined, one whose invitation lapsed, and one who has not answered yet; how many verbs that took."""
    organisation = cast.givers["social"][0]
    owner, verbs = cast.members[organisation.pk], 0
    for days, name, email, standing in INVITED:
        with clock.at(until - timedelta(days=days)):
            sent = invite_member(
                organisation=organisation, by=owner, name=name, email=email, standing=standing
            )
            verbs += 1
            if email.endswith("@demo.test"):
                accept(invitation=sent.invitation, user=cast.person(name, email))
                verbs += 2
    return verbs

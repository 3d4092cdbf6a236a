"""Who is told of a message: everybody else in the conversation. What it says is read on its page only."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.notices.audiences import members, officers
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, settles, tells
from accounts.notices.values import Value
from accounts.roles import Permission, Role
from donations.messages.models import Thread
from donations.pledges.models import Commitment

READ = _("Baca pesannya")
ASKED = Kind(
    "thread.asked", Group.WORK, _("Pesan tentang %(number)s menunggu jawaban"),
    _("Tentang bantuan untuk %(place)s."), READ,
)  # fmt: skip
TO_GIVERS = Kind(
    "thread.to_givers", Group.GIVING, _("Ada pesan tentang ikrar Anda untuk %(place)s"), _("Nomor %(number)s."), READ
)  # fmt: skip
TO_CARRIERS = Kind(
    "thread.to_carriers", Group.CARRYING, _("Ada pesan tentang bantuan yang Anda salurkan ke %(place)s"),
    _("Nomor %(number)s."), READ,
)  # fmt: skip

settles(Thread, "reply", "settle", "rest", kinds=(ASKED,))


@tells(Thread, "write", "reply")
def written(act: Performance) -> Iterator[News]:
    thread: Thread = act.subject
    item = Commitment.objects.select_related("pledge", "region", "site").get(pk=thread.commitment_id)
    about: dict[str, Value] = {"number": item.number, "place": item.recipient_name}
    yield News(TO_GIVERS, members(item.pledge.collaborator_id, Role.COLLABORATOR), thread, about)
    for organisation, role in ((item.aggregator_id, Role.AGGREGATOR), (item.executor_id, Role.EXECUTOR)):
        yield News(TO_CARRIERS, members(organisation, role), thread, about)
    if act.verb.name == "write":
        yield News(ASKED, officers(Permission.COMMITMENT_ANSWER, item), thread, about)

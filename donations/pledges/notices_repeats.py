"""Who is told of what repeats every month, and of what becomes of offers."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.notices.audiences import members, officers
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, tells
from accounts.notices.values import both, day, moment
from accounts.roles import Permission, Role
from donations.pledges.actions.repeats import due_on
from donations.pledges.models import Commitment, Repeat
from donations.pledges.notices import WAITING, givers, told
from donations.pledges.wording import contact_due
from programs.wording import quantity_of

PAGE = _("Buka ikrar")
COMING = Kind(
    "repeat.coming", Group.GIVING, _("Ikrar Anda berulang %(on)s"),
    _("%(what)s untuk %(place)s dikirim lagi sebagai komitmen baru. Kalau bulan ini tidak bisa, lewati atau akhiri "
      "dari halaman ikrar."), PAGE,
)  # fmt: skip
MISSED = Kind(
    "repeat.missed", Group.GIVING, _("Ulangan ikrar Anda bulan ini tidak dapat dikirim"),
    _("%(what)s untuk %(place)s. Alasannya tertulis di halaman ikrar; bulan berikutnya dicoba lagi."), PAGE,
)  # fmt: skip
NEED_MADE = Kind(
    "commitment.need_made", Group.GIVING, _("Tawaran Anda untuk %(place)s menjadi kebutuhan, dan diterima"),
    _("%(what)s (%(number)s). Langkah berikutnya ada di halaman komitmen."), _("Buka komitmen"),
)  # fmt: skip
REDIRECTED = Kind(
    "commitment.redirected", Group.GIVING, _("Asesor mengarahkan tawaran Anda ke %(place)s"),
    _("%(what)s (%(number)s). Alasannya tertulis di halaman komitmen; Anda dapat membatalkannya."), _("Buka komitmen"),
)  # fmt: skip


@tells(Repeat, "announce", "miss")
def repeated(act: Performance) -> Iterator[News]:
    repeat: Repeat = act.subject
    first = Commitment.objects.select_related("pledge", "aid_type__program", "region", "site").get(
        pk=repeat.first_id
    )
    about = {
        "what": both(lambda: quantity_of(first.aid_type, first.live or first.quantity)),
        "place": first.recipient_name,
        "on": day(due_on(repeat)),
    }
    kind = COMING if act.verb.name == "announce" else MISSED
    to = members(first.pledge.collaborator_id, Role.COLLABORATOR)
    yield News(kind, to, first.pledge, about)


@tells(Commitment, "found_need", "redirect")
def placed(act: Performance) -> Iterator[News]:
    item = Commitment.objects.select_related("pledge", "aid_type__program", "region", "site").get(
        pk=act.subject.pk
    )
    yield News(NEED_MADE if act.verb.name == "found_need" else REDIRECTED, givers(item), item, told(item))
    if act.verb.name == "redirect":
        # It waits for an answer at its new place, which may be another city's.
        about = {**told(item), "by": moment(contact_due(item))}
        yield News(WAITING, officers(Permission.COMMITMENT_ANSWER, item), item, about)

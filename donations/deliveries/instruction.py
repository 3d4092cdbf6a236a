"""What the recipient's official is told to do with a delivery, and whom to call."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts import phones
from accounts.models import Organisation
from accounts.notices.channels.whatsapp import chat_link
from donations.deliveries.models import Delivery, DeliveryLine
from donations.pledges.office import Office, office_of


@dataclass(frozen=True, slots=True)
class Call:
    """A number to call: as it is written, as a link, and as a chat."""

    name: str
    phone: str = ""
    href: str = ""
    chat: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    """`place`: where it is handed over; `carrier`: who brings it; `office`: who answers for the program."""

    place: str
    carrier: Call
    office: Office
    agency: Call | None


def instruction_of(delivery: Delivery, lines: list[DeliveryLine]) -> Instruction:
    """One query, for the office; `lines` with the needs of their allocations."""
    places = {line.allocation.need.handover_place for line in lines} - {""}
    office = office_of(delivery)
    site = delivery.site
    text = _("%(number)s untuk %(place)s") % {"number": delivery.number, "place": delivery.recipient_name}
    return Instruction(
        place=", ".join(sorted(places)) or (site.address if site else ""),
        carrier=call(delivery.executor, text),
        office=office,
        agency=call(office.agency, text) if office.agency else None,
    )


def call(organisation: Organisation, text: str) -> Call:
    """`text`: what a chat begins with."""
    try:
        number = phones.normalise(organisation.phone)
    except ValueError:
        return Call(organisation.name, organisation.phone)
    # Only a mobile number has a chat; an office's desk has none.
    chat = chat_link(number, text) if number.startswith("+628") else ""
    return Call(organisation.name, phones.readable(number), f"tel:{number}", chat)

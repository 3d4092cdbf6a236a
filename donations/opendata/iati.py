"""The programs as IATI 2.03 activities: https://iatistandard.org/en/iati-standard/203/activity-standard/.

An activity is a program. Money there is none of the platform's own: what is given are goods and services, so the file
has no transactions. Each form of aid is a result of type output whose indicator counts its units, with the target of
the published needs and what was received good by handover report.
"""

import io
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from django.db.models import Min, Sum
from django.utils import timezone
from django.utils.translation import override

from accounts import clock
from donations.opendata.feeds import UNWRITABLE
from donations.opendata.reading import note
from programs.models import AidType, Need, Program
from programs.models.programs import ProgramState
from programs.queries import counted_target

VERSION = "2.03"
# Of the platform until a publisher's identifier is registered: country, kind of registry, our name.
ORGANISATION = "XI-KSBB-JAKARTA"
OURSELVES = {"id": "Kolaborasi Sosial Berskala Besar (KSBB) Jakarta"}
# Codes of the IATI code list ActivityStatus.
STATUS = {
    ProgramState.PLANNED: "1",
    ProgramState.RUNNING: "2",
    ProgramState.PAUSED: "6",
    ProgramState.ENDED: "4",
}
START_PLANNED, START_ACTUAL = "1", "2"
GOVERNMENT, ACCOUNTABLE, IMPLEMENTING = "10", "2", "4"
OUTPUT, UNIT_MEASURE, LOCATION_REACH, DAC = "1", "1", "1", "1"
SOCIAL_SERVICES = "16010"
LANGUAGES = ("id", "en")


class Writer:
    """XML element by element; a text in two languages is two narratives."""

    def __init__(self, stream: Any) -> None:
        self.xml = XMLGenerator(stream, "utf-8", short_empty_elements=True)

    def leaf(self, name: str, text: str = "", **attributes: str) -> None:
        self.open(name, **attributes)
        if text:
            self.xml.characters(UNWRITABLE.sub("", text))
        self.close(name)

    def open(self, name: str, **attributes: str) -> None:
        named = {key.replace("xml_", "xml:").replace("_", "-"): value for key, value in attributes.items()}
        self.xml.startElement(name, AttributesImpl(named))

    def close(self, name: str) -> None:
        self.xml.endElement(name)

    def told(self, name: str, texts: dict[str, str], **attributes: str) -> None:
        """An element with a narrative for each language that has a text of its own."""
        self.open(name, **attributes)
        for language in LANGUAGES:
            if texts.get(language) and (language == "id" or texts[language] != texts.get("id")):
                self.leaf("narrative", texts[language], xml_lang=language)
        self.close(name)


def activities(root: str) -> str:
    """The file with all programs, in their order. Three queries."""
    stream = io.StringIO()
    writer = Writer(stream)
    made = timezone.localtime(clock.now())
    sums, types = _sums(), _aid_types()
    writer.xml.startDocument()
    if note():
        stream.write(f"<!-- {note()} -->\n")
    writer.open("iati-activities", version=VERSION, generated_datetime=made.isoformat(timespec="seconds"),
                linked_data_default=f"{root}/id/program/")  # fmt: skip
    for program in Program.objects.select_related("region"):
        _activity(writer, program, types.get(program.code, []), sums, root, made)
    writer.close("iati-activities")
    writer.xml.endDocument()
    return stream.getvalue()


def _activity(writer: Writer, program: Program, types: list[AidType], sums: dict[int, dict[str, Any]], root: str,
              made: datetime) -> None:  # fmt: skip
    writer.open("iati-activity", last_updated_datetime=made.isoformat(timespec="seconds"), xml_lang="id",
                default_currency="IDR", humanitarian="1", hierarchy="1")  # fmt: skip
    writer.leaf("iati-identifier", f"{ORGANISATION}-{program.code}")
    writer.told("reporting-org", OURSELVES, ref=ORGANISATION, type=GOVERNMENT)
    writer.told("title", {"id": f"KSBB {program.name}", "en": f"KSBB {program.name_en or program.name}"})
    summary = _twins(program, "summary") if program.summary else {"id": f"KSBB {program.name}"}
    writer.told("description", {key: _marked(text) for key, text in summary.items()}, type="1")
    # The schema wants one that takes part, and says nothing of none.
    lead = _twins(program, "lead_agency") if program.lead_agency.strip() else OURSELVES
    writer.told("participating-org", lead, role=ACCOUNTABLE, type=GOVERNMENT)
    if program.facilitators.strip():
        writer.told("participating-org", _twins(program, "facilitators"), role=IMPLEMENTING, type=GOVERNMENT)
    writer.leaf("activity-status", code=STATUS[ProgramState(program.state)])
    start = _start(program, [sums[aid.pk]["first"] for aid in types if aid.pk in sums], made.date())
    kind = START_PLANNED if program.state == ProgramState.PLANNED else START_ACTUAL
    writer.leaf("activity-date", iso_date=start.isoformat(), type=kind)
    writer.leaf("recipient-country", code="ID")
    _location(writer, program)
    writer.leaf("sector", code=SOCIAL_SERVICES, vocabulary=DAC)
    writer.open("document-link", format="text/html", url=f"{root}/id/program/{program.code}/")
    writer.told("title", {"id": f"KSBB {program.name}", "en": f"KSBB {program.name_en or program.name}"})
    writer.leaf("category", code="A12")
    writer.leaf("language", code="id")
    writer.close("document-link")
    for aid in types:
        if aid.pk in sums:
            _result(writer, aid, sums[aid.pk], start, made.date())
    writer.close("iati-activity")


def _location(writer: Writer, program: Program) -> None:
    region = program.region
    writer.open("location", ref=region.code)
    writer.leaf("location-reach", code=LOCATION_REACH)
    writer.told("name", {"id": region.official_name})
    if region.latitude is not None:
        writer.open("point", srsName="http://www.opengis.net/def/crs/EPSG/0/4326")
        writer.leaf("pos", f"{region.latitude} {region.longitude}")
        writer.close("point")
    writer.close("location")


def _result(writer: Writer, aid: AidType, sums: dict[str, Any], start: date, end: date) -> None:
    title = {"id": f"{aid.name} ({aid.unit})", "en": f"{aid.name_en or aid.name} ({aid.unit_en or aid.unit})"}
    writer.open("result", type=OUTPUT, aggregation_status="1")
    writer.told("title", title)
    writer.open("indicator", measure=UNIT_MEASURE, ascending="1", aggregation_status="1")
    writer.told("title", title)
    writer.open("period")
    writer.leaf("period-start", iso_date=start.isoformat())
    writer.leaf("period-end", iso_date=max(start, end).isoformat())
    writer.leaf("target", value=str(sums["target"]))
    writer.leaf("actual", value=str(sums["received"]))
    writer.close("period")
    writer.close("indicator")
    writer.close("result")


def _sums() -> dict[int, dict[str, Any]]:
    """By aid type: target and received good of the published needs, and the day of the first."""
    rows = (
        Need.objects.public()
        .values("aid_type_id")
        .annotate(target_sum=Sum(counted_target()), received_sum=Sum("received"), first=Min("published_at"))
        .order_by()
    )
    return {
        row["aid_type_id"]: {
            "target": int(row["target_sum"]),
            "received": int(row["received_sum"]),
            "first": timezone.localtime(row["first"]).date(),
        }
        for row in rows
    }


def _aid_types() -> dict[str, list[AidType]]:
    found: dict[str, list[AidType]] = {}
    for aid in AidType.objects.order_by("program", "position", "pk"):
        found.setdefault(aid.program_id, []).append(aid)
    return found


def _start(program: Program, first: list[date], today: date) -> date:
    """The day the program was launched, as exactly as is known; else its first need, else today."""
    if program.launched:
        parts = [int(part) for part in program.launched.split("-")]
        return date(*[*parts, 1, 1][:3])
    return min(first, default=today)


def _twins(program: Program, field: str) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = program.text(field)
    return found


def _marked(text: str) -> str:
    return f"{text} [{note()}]" if note() else text

"""Things for tests; what has verbs reaches its state by performing them."""

import io
import uuid
from datetime import time, timedelta

import factory
from allauth.account.models import EmailAddress
from PIL import Image

from accounts import clock, photos
from accounts.models import Assignment, CollaboratorKind, Organisation, Permit, User
from accounts.roles import Role, Standing
from donations.deliveries import actions as deliveries
from donations.deliveries.models import Delivery
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.handovers.writing import Explained, Session, set_sessions
from donations.pledges import actions as pledges
from donations.pledges.models import Commitment
from programs.actions import draft, publish
from programs.models import AidType, Need, PeopleKind, Program
from regions.models import Region, Site, SiteKind
from regions.names import searchable


def tree(code: str = "31.74.01.1001.003") -> Region:
    """The region with this code, its ancestors made where they are missing."""
    found = Region.objects.filter(code=code).first()
    if found is not None:
        return found
    levels = ("province", "city", "district", "village", "rw")
    above, _dot, last = code.rpartition(".")
    parent = tree(above) if above else None
    depth = code.count(".")
    name = f"RW {int(last):02d}" if depth == 4 else f"Wilayah {code}"
    return Region.objects.create(
        code=code, parent=parent, level=levels[depth], name=name, official_name=name,
        full_name=f"{name} {parent.name}" if depth == 4 and parent else name,
        search_name=searchable(f"{name} {parent.name}" if parent else name),
        search_path=searchable(name, parent.name if parent else ""),
        families=900 if depth == 4 else None,
    )  # fmt: skip


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"orang{n}@contoh.test")
    name = factory.Sequence(lambda n: f"Orang Contoh {n}")


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Yayasan Contoh {n}")
    collaborator_kind = CollaboratorKind.SOCIAL
    may_be_named = True


class ProgramFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Program
        django_get_or_create = ("code",)

    code = "pangan"
    name = "Pangan"
    name_en = "Food"
    lead_agency = "Dinas Contoh"
    region = factory.LazyFunction(lambda: tree("31"))


class AidTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AidType
        django_get_or_create = ("program", "code")

    program = factory.SubFactory(ProgramFactory)
    code = "sembako"
    name = "Paket sembako"
    name_en = "Staple-food package"
    unit = "paket"
    unit_en = "packages"
    guide_value = 200_000


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site

    name = factory.Sequence(lambda n: f"Panti Contoh {n}")
    kind = SiteKind.ORPHANAGE
    region = factory.LazyFunction(tree)


def someone(role: Role, place: Region | Site | Organisation | None, program: str = "") -> User:
    """A person with one assignment in force."""
    user = UserFactory()
    assign(user, role, place, program)
    return user


def assign(
    user: User, role: Role, place: Region | Site | Organisation | None, program: str = ""
) -> Assignment:
    where = {"region": None, "site": None, "organisation": None}
    where[type(place).__name__.lower()] = place
    area = place if isinstance(place, Region) else (getattr(place, "region", None) or tree("31"))
    user.__dict__.pop("_scope", None)
    return Assignment.objects.create(
        user=user,
        role=role,
        program_code=program,
        area=area,
        standing=Standing.OWNER if isinstance(place, Organisation) else "",
        starts=clock.today() - timedelta(days=900),
        **where,
    )


def with_password(user: User, password: str) -> User:
    """The same person, who can now sign in: by password, from an address that is proved."""
    user.set_password(password)
    user.save()
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def assessor(code: str = "31.74", program: str = "") -> User:
    return someone(Role.ASSESSOR, tree(code), program)


def official(place: Region | Site) -> User:
    return someone(Role.OFFICIAL, place)


def collaborator(organisation: Organisation | None = None) -> User:
    return someone(Role.COLLABORATOR, organisation or OrganisationFactory())


def organisation_of(user: User) -> Organisation:
    organisation = user.assignments.exclude(organisation=None).get().organisation
    assert organisation is not None
    return organisation


def aggregator(name: str = "Agregator Contoh", days: int = 300) -> Organisation:
    """An aggregator with a permit that is valid for `days` more days (negative: it has ended)."""
    organisation = OrganisationFactory(name=name, collaborator_kind="", is_aggregator=True, is_executor=True)
    Permit.objects.create(
        organisation=organisation,
        number=f"PUB-{uuid.uuid4().hex[:6]}",
        issuer="Kementerian Contoh",
        valid_from=clock.today() - timedelta(days=900),
        valid_until=clock.today() + timedelta(days=days),
    )
    return organisation


def make_need(
    state: str = "published", *, code: str = "31.74.01.1001.003", site: Site | None = None, **fields
) -> Need:
    """A draft or published need of an RW or a site."""
    aid_type = fields.pop("aid_type", None) or AidTypeFactory()
    values = {
        "program": aid_type.program, "aid_type": aid_type, "region": tree(code) if site is None else site.region,
        "site": site, "target": 1000, "people": 640, "people_kind": PeopleKind.FAMILIES, "reason": "Contoh alasan.",
        "deadline": clock.today() + timedelta(days=30), **fields,
    }  # fmt: skip
    need = draft(by=None, **values)
    return publish(need=need, by=None) if state == "published" else need


def make_commitment(
    state: str = "submitted", *, need: Need | None = None, quantity: int = 100, **fields
) -> Commitment:
    """A commitment of one collaborator to one need: submitted or accepted."""
    need = need or make_need()
    organisation = fields.pop("collaborator", None) or OrganisationFactory()
    pledge = pledges.submit(
        collaborator=organisation, by=None, promises=[pledges.Promise(quantity=quantity, need=need, **fields)]
    )
    commitment = pledge.commitments.get()
    return pledges.accept(commitment=commitment, by=None) if state == "accepted" else commitment


def make_delivery(
    state: str = "planned", *, commitment: Commitment | None = None, quantity: int | None = None
) -> Delivery:
    """A delivery of all of an accepted commitment's first allocation: planned or dispatched."""
    commitment = commitment or make_commitment("accepted")
    allocation = commitment.allocations.get()
    delivery = deliveries.plan(
        executor=commitment.executor,
        quantities={allocation: quantity or allocation.free},
        planned_on=clock.today(),
        by=None,
    )
    return deliveries.dispatch(delivery=delivery, by=None) if state == "dispatched" else delivery


def picture(
    colour: str = "teal",
    size: tuple[int, int] = (640, 480),
    format: str = "JPEG",
    *,
    mode: str = "RGB",
    **save,
) -> io.BytesIO:
    """An encoded picture, as a phone would send it."""
    stream = io.BytesIO()
    Image.new(mode, size, colour).save(stream, format, **save)
    stream.seek(0)
    return stream


PARTIES = {
    "receiver_name": "Siti Contoh", "receiver_position": "Ketua RW 03",
    "witness_name": "Budi Contoh", "witness_position": "Petugas kelurahan",
}  # fmt: skip

WHY = Explained("handling", "Kardusnya sobek.")


def make_handover(state: str = "draft", *, delivery: Delivery | None = None, good: int | None = None, damaged: int = 0,
                  missing: int = 0, by: User | None = None) -> Handover:  # fmt: skip
    """A report of one arrival: draft, submitted or verified."""
    delivery = delivery or make_delivery("dispatched")
    handover = handovers.start(delivery=delivery, by=by)
    line = delivery.lines.get()
    count = (line.uncounted - damaged - missing if good is None else good, damaged, missing)
    handover = handovers.save(
        handover=handover, by=by, counts={line.pk: count}, explained={line.pk: WHY}, arrived_at=clock.now(),
        place="Balai warga", **PARTIES,
    )  # fmt: skip
    if line.allocation.commitment.aid_type.kind == "service":
        attended = Session(line.pk, clock.today(), time(9), time(12), count[0])
        set_sessions(handover=handover, by=by, sessions=[attended])
    handovers.add_photo(handover=handover, by=by, photo=photos.clean(picture()))
    if state in ("submitted", "verified"):
        handover = handovers.submit(handover=handover, by=by)
    if state == "verified":
        handover = handovers.verify(handover=handover, by=None)
    return handover

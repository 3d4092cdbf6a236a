"""Every private page of one thing, asked for by who is everything elsewhere, and by who is everything here.

What somebody with all roles of another city and of other organisations does not reach, none of these roles reaches. A
new page fails here until it is said of what it is a page.
"""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from accounts.actions.members import invite_member
from accounts.models import Organisation, User
from accounts.notices.models import Notice
from accounts.roles import Role
from donations.confirmations import actions as confirmations
from donations.handovers.models import Handover
from donations.messages import actions as messages
from donations.messages.files import clean
from donations.misconduct.models import Evidence
from donations.pledges import actions as pledges
from donations.pledges.actions.submit import start_repeat
from donations.pledges.models import RepeatWish
from donations.stories import actions as stories
from programs.adjustments import actions as adjustments
from programs.adjustments.states import Wanted
from tests.chain.test_public_urls import ARGUMENTS, is_public, patterns
from tests.donations.assets.making import make_assets, offer
from tests.donations.confirmations.making import drawn
from tests.donations.misconduct.making import make_case
from tests.donations.outside.test_actions import make_outside
from tests.donations.proofs.making import certificate, clear
from tests.donations.stories.test_stories import WORDS
from tests.factories import (
    OrganisationFactory,
    assign,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    picture,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db
OTHER_RW = "31.74.01.1001.009"
# Proposals belong to everybody who is signed in, and administration has its own product (test_administration_reach).
OTHERS = ("usulan/", "meja/usulan/", "kelola/")
# Files that nobody made here; each has a test beside its feature.
NOT_MADE = {
    "handover_sheet", "handover_list", "report_sheet_remove", "report_list_remove", "asset_sheet", "asset_photo",
    "copy_file", "draw_cancel", "draw_slips",
}  # fmt: skip


def everything(city: str, rw: str, organisation: Organisation) -> User:
    """One person with every role in that city, at that RW and in that organisation."""
    user = someone(Role.OFFICIAL, tree(rw))
    for role in (Role.ADMINISTRATOR, Role.ASSESSOR, Role.FACILITATOR):
        assign(user, role, tree(city))
    for role in (Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR):
        assign(user, role, organisation)
    return user


def world(insider: User, giver: Organisation) -> dict[str, dict[str, object]]:
    """One of each thing, and the arguments of its pages by the words that their addresses begin with."""
    need = make_need(target=100_000)
    item = make_commitment("accepted", need=need, collaborator=giver)
    repeat = start_repeat(item, RepeatWish.OPEN, None)
    message = messages.send(commitment=item, by=insider, text="Halo.", files=[clean(picture(), "a.jpg")])
    delivery = make_delivery("dispatched", commitment=item, quantity=40)
    report = make_handover("draft", delivery=delivery)
    redirect = pledges.ask_redirect(
        allocation=item.allocations.get(),
        need=make_need(code=OTHER_RW),
        quantity=5,
        by=None,
        reason="Contoh.",
    )
    proved = make_commitment("accepted", need=need, collaborator=giver)
    verified = clear(make_handover("verified", delivery=make_delivery("dispatched", commitment=proved)))
    proved.refresh_from_db()
    story = stories.write(handover=verified, by=None, **WORDS)
    asset, moved = make_assets(2)
    case = make_case(reporter=insider)
    evidence = Evidence.keep(b"gambar", case=case, kind="photo")
    adjustment = adjustments.ask(need=need, wanted=Wanted.PAUSE, by=insider, reason="Contoh.")
    call = invite_member(
        organisation=giver, standing="member", name="Ani", email="ani@contoh.test", by=insider
    ).invitation
    drawn(verified)
    confirmations.ask(verified)
    return {
        "ikrar/ulangan": {"pk": repeat.pk, "verb": "end"},
        "ikrar": {"pk": item.pledge_id},
        "kebutuhan": {"pk": need.pk, "verb": "pause"},
        "permintaan": {"pk": adjustment.pk, "verb": "agree"},
        "bukti": {"code": certificate(proved).code, "verb": "share"},
        "kisah": {"pk": story.pk, "verb": "publish"},
        "laporan": {
            "pk": verified.pk, "verb": "dispute", "step": "jumlah", "photo": verified.photos.get().pk,
        },
        "foto": {"pk": report.photos.get().pk},
        "pengiriman": {"pk": delivery.pk, "verb": "fail", "step": "jumlah"},
        "pengiriman/1/baris": {"pk": delivery.pk, "line": delivery.lines.get().pk, "verb": "resend"},
        "pesan/lampiran": {"pk": message.attachments.get().pk},
        "komitmen": {"pk": item.pk, "verb": "cancel", "message": message.pk},
        "pengalihan": {"pk": redirect.pk, "verb": "agree"},
        "meja/aset/bast": {"pk": Handover.objects.filter(lines__assets=asset).get().pk},
        "meja/aset/pengalihan": {"pk": offer(moved).pk, "verb": "accept"},
        "meja/aset": {"pk": asset.pk, "verb": "check"},
        "meja/luar-platform": {"pk": make_outside().pk, "verb": "publish"},
        "meja/kebutuhan": {"pk": need.pk},
        "lapor/saya": {"code": case.number},
        "lapor/kasus": {"code": case.number, "verb": "acknowledge", "pk": evidence.pk},
        "kabar": {"pk": Notice.objects.filter(person=insider).latest("pk").pk},
        "organisasi/anggota": {"pk": insider.assignments.filter(organisation=giver).first().pk, "verb": "rank"},
        "organisasi/undangan": {"pk": call.pk, "verb": "withdraw"},
        "organisasi": {"pk": giver.pk},
    }  # fmt: skip


def pages() -> Iterator[tuple[URLPattern, str]]:
    """Every private page of one thing, and its address without the language."""
    for pattern in patterns():
        if not is_public(pattern) and pattern.pattern.converters and pattern.name not in NOT_MADE:
            words = {name: ARGUMENTS[name] for name in pattern.pattern.converters}
            yield pattern, reverse(pattern.name, kwargs=words).removeprefix("/id/")


def test_who_is_everything_elsewhere_reaches_no_page_of_anything_here(client: Client) -> None:
    giver = OrganisationFactory(region=tree("31.74"))
    insider = everything("31.74", "31.74.01.1001.003", giver)
    made = world(insider, giver)
    outsider = everything("31.75", "31.75.01.1001.003", OrganisationFactory())
    assign(outsider, Role.INSPECTOR, tree("31.75"))
    asked = []
    for pattern, path in pages():
        if path.startswith(OTHERS):
            continue
        things = next(
            (made[word] for word in sorted(made, key=len, reverse=True) if path.startswith(word)), None
        )
        assert things is not None, f"{path} is not asked for here: say of what it is a page"
        address = reverse(pattern.name, kwargs={name: things[name] for name in pattern.pattern.converters})
        asked.append((pattern.name, address))
    assert len(asked) > 50
    client.force_login(outsider)
    for name, address in asked:
        found = {client.get(address).status_code, client.post(address).status_code}
        assert found <= {404, 405}, (name, found)
        assert 404 in found, name
    # The same pages are there for who is everything here, or the answers above would prove nothing: all but those of
    # inspectors, which nobody else here sees.
    client.force_login(insider)
    unseen = {name for name, address in asked if client.get(address).status_code == 404}
    assert unseen == {"misconduct_case", "misconduct_evidence", "misconduct_verb"}

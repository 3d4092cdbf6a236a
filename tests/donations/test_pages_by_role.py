"""Every page of reports, confirmations and assets, asked for by every role in reach and just out of it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from accounts import clock, photos
from accounts.models import Organisation, User
from accounts.roles import Role
from donations.assets import urls as of_assets
from donations.assets.models import AssetPhoto
from donations.confirmations import actions as confirmations
from donations.confirmations import urls as of_confirmations
from donations.handovers import actions as handovers
from donations.handovers import urls as of_handovers
from donations.handovers import writing
from donations.handovers.models import HandoverSheet
from tests.donations.assets.making import make_assets, offer
from tests.factories import OrganisationFactory, make_handover, official, picture, someone, tree

pytestmark = pytest.mark.django_db

D, A, F, P, V = (
    Role.ADMINISTRATOR, Role.ASSESSOR, Role.FACILITATOR, Role.INSPECTOR, Role.OVERSEER,
)  # fmt: skip
O, C = Role.OFFICIAL, Role.COLLABORATOR  # noqa: E741
EVERYBODY = {D, A, F, P, V, O, C}
READERS, KEEPERS = EVERYBODY - {V}, {D, A, F, O}
# Who gets in, of those in reach. Written down here on its own.
PAGES: dict[str, set[Role]] = {
    "report_start": {O}, "report_kit": {O}, "report_blank": {O}, "report_step": {O}, "report_receipt": {O},
    "report_sheet_remove": {O}, "report_list_remove": {O}, "report_photo_remove": {O},
    "handover": READERS, "handover_document": READERS, "handover_photo": READERS, "handover_look": READERS,
    "handover_sheet": READERS, "handover_list": {A}, "handover_verb": {A},
    "confirmation_own": {F, C}, "draw_new": {A}, "draw_cancel": {A}, "draw_slips": {A, F},
    "asset": KEEPERS, "asset_group": KEEPERS, "asset_photo": KEEPERS, "asset_labels": KEEPERS,
    "asset_labels_file": KEEPERS, "asset_sheet": {A, F, O}, "asset_verb": {A, F, O},
    "asset_transfer": {D, A, O}, "asset_transfer_verb": {D, A, O},
}  # fmt: skip
# Of no report or asset in particular: the same wherever one's area lies.
ANYWHERE: dict[str, set[Role]] = {
    "report_queue": {O}, "report_gate": EVERYBODY,
    "assets": KEEPERS, "asset_book": KEEPERS, "asset_book_csv": KEEPERS, "asset_book_xlsx": KEEPERS,
}  # fmt: skip
PUBLIC = {
    "bast",
    "bast_lookup",
    "bast_photo",
    "confirmation",
    "confirmation_lookup",
    "asset_public",
    "asset_public_photo",
}
POSTED = {"report_sheet_remove", "report_list_remove", "report_photo_remove", "draw_slips"}
# Whoever sees no assets at all is told so, wherever they lie; a transfer is seen by those alone who may answer one.
NO_ASSETS = {
    "asset", "asset_group", "asset_photo", "asset_labels", "asset_labels_file", "asset_sheet", "asset_verb",
}  # fmt: skip
UNSEEN = {"asset_transfer", "asset_transfer_verb"}


@pytest.fixture
def addresses() -> tuple[dict[str, str], Organisation]:
    report = make_handover()
    writing.add_list(handover=report, by=None, kind="csv", content=b"nama", sha256="0" * 64)
    report = handovers.submit(handover=report, by=None)
    confirmations.ask(report)
    confirmations.draw(
        handover=report, by=None, households=9, size=1, expires_on=clock.today() + timedelta(days=9)
    )
    photo, listed = report.photos.get(), report.recipient_lists.get()
    sheet = HandoverSheet.objects.create(handover=report, position=1, image=photos.clean(picture()).file)
    asset, moving = make_assets(2, code="31.74.01.1001.003")
    transfer = offer(moving, tree("31.74.01.1001.003"))
    seen = AssetPhoto.objects.create(asset=asset, image=photos.clean(picture()).file)
    args: dict[str, tuple[object, ...]] = {
        **dict.fromkeys(("report_start", "report_kit"), (report.delivery_id,)),
        "report_blank": (report.delivery_id, "foto"), "report_step": (report.pk, "foto"),
        "report_sheet_remove": (report.pk, sheet.pk), "report_list_remove": (report.pk, listed.pk),
        "report_photo_remove": (report.pk, photo.pk), "handover_photo": (photo.pk,),
        "handover_look": (report.pk, photo.pk), "handover_sheet": (sheet.pk,), "handover_list": (listed.pk,),
        "handover_verb": (report.pk, "verify"), "asset": (asset.pk,), "asset_photo": (seen.pk,),
        "asset_group": (asset.handover_line.handover_id,), "asset_sheet": (asset.handover_line_id,),
        "asset_verb": (asset.pk, "describe"), "asset_transfer": (transfer.pk,),
        "asset_transfer_verb": (transfer.pk, "accept"),
        **dict.fromkeys((*ANYWHERE, "asset_labels", "asset_labels_file"), ()),
    }  # fmt: skip
    found = {name: reverse(name, args=args.get(name, (report.pk,))) for name in (*PAGES, *ANYWHERE)}
    for name in ("asset_labels", "asset_labels_file"):
        found[name] += f"?aset={asset.pk}"
    return found, report.delivery.executor


def people(executor: Organisation, inside: bool) -> dict[Role, User]:
    area, recipient = ("31.74", "31.74.01.1001.003") if inside else ("31.75", "31.74.01.1001.004")
    found = {role: someone(role, tree(area)) for role in ((D, A, F, P, V) if inside else (A, F))}
    return found | {
        O: official(tree(recipient)),
        C: someone(C, executor if inside else OrganisationFactory()),
    }


def expected(name: str, role: Role, inside: bool) -> str:
    if name in ANYWHERE:
        return "open" if role in ANYWHERE[name] else "barred"
    if inside and role in PAGES[name]:
        return "open"
    if name in NO_ASSETS and role not in KEEPERS:
        return "barred"
    return "hidden" if not inside or role is V or name in UNSEEN else "barred"


def test_table_names_every_address() -> None:
    patterns = (*of_handovers.urlpatterns, *of_confirmations.urlpatterns, *of_assets.urlpatterns)
    assert {one.name for one in patterns} == {*PAGES, *ANYWHERE, *PUBLIC}


def test_pages_open_to_whom_the_table_says_and_tell_others_nothing(addresses, monkeypatch) -> None:
    # Who gets in is asked here, not what stands there: nothing is rendered.
    monkeypatch.setattr(Template, "render", lambda *args, **kwargs: "")
    found, executor = addresses
    wrong = []
    for inside in (True, False):
        for role, user in people(executor, inside).items():
            client = Client()
            client.force_login(user)
            for name, address in found.items():
                with transaction.atomic():
                    answer = client.post(address) if name in POSTED else client.get(address)
                    transaction.set_rollback(True)
                if answer.streaming:  # so that its file is closed
                    b"".join(answer)
                outcome = {403: "barred", 404: "hidden"}.get(answer.status_code, "open")
                if outcome != expected(name, role, inside):
                    wrong.append((name, role.value, inside, outcome))
    assert not wrong, wrong
    for name, address in found.items():
        assert Client().get(address)["Location"].startswith("/id/masuk/"), name

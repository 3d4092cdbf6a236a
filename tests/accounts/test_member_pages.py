"""The pages of one's own organisation, and of one's own data."""

import io

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts import clock
from accounts.actions import own_data
from accounts.actions.members import present
from accounts.models import Assignment, Invitation, Organisation, PersonalCopy, User
from accounts.roles import Role, Standing
from tests.factories import OrganisationFactory, UserFactory, assessor, assign, tree, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory(name="Yayasan Kita", region=tree("31.74"))


def join(organisation: Organisation, standing: Standing) -> User:
    assignment = assign(UserFactory(), Role.COLLABORATOR, organisation)
    assignment.standing = standing
    assignment.save()
    return assignment.user


def post_of(user: User) -> Assignment:
    return user.assignments.get()


def test_pages_by_standing_and_by_whose_organisation_it_is(client: Client, ours: Organisation) -> None:
    pages = {
        name: reverse(name, args=[ours.pk])
        for name in ("own_organisation", "organisation_profile", "invite_member")
    }
    expected = {
        join(ours, Standing.OWNER): (200, 200, 200),
        join(ours, Standing.ADMIN): (200, 200, 200),
        join(ours, Standing.MEMBER): (200, 403, 403),
        join(OrganisationFactory(), Standing.OWNER): (404, 404, 404),
        assessor(): (404, 404, 404),
    }
    for user, statuses in expected.items():
        client.force_login(user)
        assert tuple(client.get(page).status_code for page in pages.values()) == statuses


@pytest.mark.parametrize(
    ("mine", "verb", "status"),
    [
        (Standing.OWNER, "dismiss", True), (Standing.ADMIN, "dismiss", True), (Standing.MEMBER, "dismiss", False),
        (Standing.OWNER, "hand_over", True), (Standing.ADMIN, "hand_over", False),
    ],
)  # fmt: skip
def test_buttons_of_members_do_what_the_standing_allows(
    client: Client, ours: Organisation, mine: Standing, verb: str, status: bool
) -> None:
    join(ours, Standing.OWNER)
    me, other = join(ours, mine), join(ours, Standing.MEMBER)
    client.force_login(me)
    before = post_of(other).standing, post_of(other).is_over
    answer = client.post(reverse("member_verb", args=[post_of(other).pk, verb]), {"reason": "Pindah kerja."})
    assert answer.status_code in (302, 403)
    assert ((post_of(other).standing, post_of(other).is_over) != before) is status


def test_strangers_reach_no_member(client: Client, ours: Organisation) -> None:
    member = join(ours, Standing.MEMBER)
    client.force_login(join(OrganisationFactory(), Standing.OWNER))
    assert client.post(reverse("member_verb", args=[post_of(member).pk, "dismiss"])).status_code == 404


def test_invitation_is_mailed_accepted_and_can_be_renewed_by_the_one_invited(
    client: Client, ours: Organisation
) -> None:
    client.force_login(join(ours, Standing.OWNER))
    data = {"name": "Rini", "email": "rini@contoh.test", "standing": "admin"}
    assert client.post(reverse("invite_member", args=[ours.pk]), data).status_code == 302
    token = mail.outbox[0].body.split("/undangan/")[1].split("/")[0]
    assert "Rini" in client.get(reverse("own_organisation", args=[ours.pk])).content.decode()
    client.logout()
    later = Invitation.objects.get().expires_at
    with clock.at(later):
        lapsed = client.get(reverse("invitation", args=[token]))
        assert lapsed.status_code == 410
        assert reverse("renew_invitation", args=[token]) in lapsed.content.decode()
        assert client.post(reverse("renew_invitation", args=[token])).status_code == 200
        assert mail.outbox[1].to == ["rini@contoh.test"]
        fresh = mail.outbox[1].body.split("/undangan/")[1].split("/")[0]
        form = {"name": "Rini", "password": "kata-sandi-panjang"}
        assert client.post(reverse("invitation", args=[fresh]), form).status_code == 302
    assert post_of(User.objects.get(email="rini@contoh.test")).standing == "admin"


def test_profile_keeps_a_logo_that_was_decoded_and_shows_the_page(client: Client, ours: Organisation) -> None:
    client.force_login(join(ours, Standing.OWNER))
    out = io.BytesIO()
    Image.new("RGBA", (900, 300), (0, 0, 0, 0)).save(out, "PNG", comment="rahasia")
    data = {
        "about": "Kami <b>berbagi</b>.", "website": "kita.example.id", "may_be_named": "on", "has_page": "on",
        "new_logo": SimpleUploadedFile("logo.exe", out.getvalue()),
    }  # fmt: skip
    assert client.post(reverse("organisation_profile", args=[ours.pk]), data).status_code == 302
    ours.refresh_from_db()
    assert ours.logo.name.endswith(".png")
    with ours.logo.open("rb") as stream, Image.open(stream) as kept:
        assert (kept.size, kept.mode, kept.getpixel((0, 0))) == ((512, 171), "RGB", (255, 255, 255))
    client.logout()
    page = client.get(reverse("collaborator", args=[ours.pk])).content.decode()
    assert "Kami &lt;b&gt;berbagi&lt;/b&gt;." in page
    assert "https://kita.example.id" in page
    assert client.get(reverse("collaborator_logo", args=[ours.pk]))["Content-Type"] == "image/png"


def test_logo_that_was_removed_is_deleted_once_that_is_certain(
    ours: Organisation, django_capture_on_commit_callbacks
) -> None:
    owner = join(ours, Standing.OWNER)
    ours = present(organisation=ours, by=owner, logo=ContentFile(b"gambar"))
    storage, name = ours.logo.storage, str(ours.logo.name)
    with django_capture_on_commit_callbacks(execute=True):
        present(organisation=ours, by=owner, drop_logo=True)
        assert storage.exists(name)
    assert not storage.exists(name)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("new_logo", SimpleUploadedFile("logo.png", b"%PDF-1.7 bukan gambar")),
        ("website", "javascript:alert(1)"),
        ("about", "x" * 10_000),
    ],
)
def test_profile_refuses_what_is_none(client: Client, ours: Organisation, field: str, value: object) -> None:
    client.force_login(join(ours, Standing.OWNER))
    answer = client.post(
        reverse("organisation_profile", args=[ours.pk]), {"may_be_named": "on", field: value}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    ours.refresh_from_db()
    assert (ours.about, ours.website, bool(ours.logo)) == ("", "", False)


def test_page_that_is_not_wished_for_is_none(client: Client, ours: Organisation) -> None:
    assert client.get(reverse("collaborator", args=[ours.pk])).status_code == 404
    assert client.get(reverse("collaborator_logo", args=[ours.pk])).status_code == 404
    Organisation.objects.filter(pk=ours.pk).update(
        has_page=True, collaborator_kind="government", is_confirmed=False
    )
    assert client.get(reverse("collaborator", args=[ours.pk])).status_code == 404


def test_copy_is_fetched_by_its_owner_alone(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    assert client.post(reverse("ask_copy")).status_code == 302
    assert client.get(reverse("own_data")).context["is_making"]
    own_data.make_copy(PersonalCopy.objects.get().pk)
    copy = PersonalCopy.objects.get()
    address = reverse("copy_file", args=[copy.key])
    assert client.get(address)["Content-Type"] == "application/zip"
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    client.force_login(user)
    with clock.at(copy.expires_at):
        assert client.get(address).status_code == 404


def test_erasure_is_asked_after_proving_who_one_is_and_undone(client: Client) -> None:
    user = with_password(UserFactory(), "kata-sandi-panjang")
    client.force_login(user)
    assert "reauthenticate" in client.get(reverse("ask_erasure"))["Location"]
    client.post(reverse("account_reauthenticate"), {"password": "kata-sandi-panjang"})
    assert client.get(reverse("ask_erasure")).status_code == 200
    assert client.post(reverse("ask_erasure")).status_code == 302
    page = client.get(reverse("own_data"))
    assert page.context["erasure"].state == "waiting"
    client.post(reverse("undo_erasure"))
    assert client.get(reverse("own_data")).context["erasure"] is None


def test_erasure_says_what_is_in_the_way(client: Client) -> None:
    user = with_password(assessor(), "kata-sandi-panjang")
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": "kata-sandi-panjang"})
    assert "bertugas sebagai" in client.get(reverse("ask_erasure")).content.decode()
    assert client.post(reverse("ask_erasure")).status_code == 422


def test_page_of_an_organisation_asks_the_same_number_of_queries_for_many_members(
    client: Client, ours: Organisation
) -> None:
    client.force_login(join(ours, Standing.OWNER))

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("own_organisation", args=[ours.pk]))
        return len(found)

    join(ours, Standing.MEMBER)
    asked()
    few = asked()
    for _more in range(5):
        join(ours, Standing.ADMIN)
    assert asked() == few

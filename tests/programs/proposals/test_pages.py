"""The public pages: list, rules, one proposal and its thread."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import User
from programs.proposals import actions
from programs.proposals.rules import Rule
from regions.public_version import FORUM, public_version
from tests.factories import ProgramFactory, UserFactory, assessor, make_handover, make_need, picture
from tests.programs.proposals.making import make_comment, make_proposal

pytestmark = pytest.mark.django_db
LIST = "/id/usulan/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def titles(client: Client, query: str = "") -> list[str]:
    return [row["name"] for row in client.get(LIST + query).context["rows"]]


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_list_shows_what_is_public_newest_first(client) -> None:
    for state in ("submitted", "hidden", "withdrawn"):
        make_proposal(state, title=f"Usulan yang {state}")
    for days, title in ((3, "Usulan lama sekali"), (1, "Usulan baru saja")):
        with clock.at(clock.now() - timedelta(days=days)):
            make_proposal(title=title)
    make_proposal("closed", title="Usulan yang ditutup")
    assert titles(client) == ["Usulan yang ditutup", "Usulan baru saja", "Usulan lama sekali"]


def test_list_is_filtered_sorted_and_counted(client) -> None:
    program = ProgramFactory(code="umkm", name="UMKM")
    first = make_proposal(title="Gerobak bersama pedagang", code="31.75", program=program)
    second = make_proposal(title="Kacamata untuk penjahit")
    third = make_proposal(title="Kebun atap rusun")
    actions.support(proposal=second, by=UserFactory())
    make_comment(proposal=first)
    actions.answer(proposal=third, verb="study", by=None, text="Kami mengkajinya.")
    assert titles(client, "?urut=dukungan")[0] == second.title
    assert titles(client, "?urut=tanggapan")[0] == first.title
    assert titles(client, "?program=umkm") == [first.title]
    assert titles(client, "?program=baru") == [third.title, second.title]
    assert titles(client, "?wilayah=31.75") == [first.title]
    assert titles(client, "?q=penjahitan") == [second.title]
    assert titles(client, "?keadaan=dikaji") == [third.title]
    assert titles(client, "?keadaan=terbuka") == [second.title, first.title]
    tabs = {str(tab["label"]): tab["count"] for tab in client.get(LIST).context["tabs"]}
    assert (tabs["Semua"], tabs["Belum dijawab"], tabs["Dikaji"], tabs["Ditolak"]) == (3, 2, 1, 0)


@pytest.mark.parametrize(
    "query",
    [
        "?keadaan=<script>",
        "?hal=99999999999",
        "?hal=x",
        "?urut=;",
        "?program=x'x",
        "?wilayah=Atlantis",
        "?q=%00",
        "?q='&|",
    ],
)
def test_nonsense_in_the_address_is_left_out(client, query: str) -> None:
    make_proposal()
    answer = client.get(LIST + query)
    assert answer.status_code == 200
    assert ("Sebagian pilihan di alamat ini" in answer.content.decode()) is ("keadaan" in query)


def test_list_leaves_a_visitor_without_cookies_and_pages_are_short(client) -> None:
    for number in range(23):
        make_proposal(title=f"Usulan nomor {number}")
    response = client.get(LIST + "?urut=dukungan")
    assert not response.cookies
    assert len(response.context["rows"]) == 20
    assert "urut=dukungan&amp;hal=2" in response.content.decode()


def test_empty_lists_say_what_to_do(client) -> None:
    assert "Usulan pertama bisa dari Anda" in text(client, LIST)
    assert "Longgarkan saringan" in text(client, LIST + "?q=teleskop")


def test_queries_of_the_list_do_not_grow(client) -> None:
    make_proposal()
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(29):
        proposal = make_proposal(title=f"Usulan nomor {number}", code=f"31.74.01.1001.{number + 1:03}")
        actions.answer(proposal=proposal, verb="study", by=None, text="Kami mengkajinya.")
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(LIST).context["rows"]) == 20
    assert len(many) == len(one) <= 6


def test_queries_of_a_proposal_do_not_grow_with_comments_needs_and_arrivals(client) -> None:
    proposal = make_proposal()
    reader, officer = as_(UserFactory()), as_(assessor("31.74"))

    def grow(times: int) -> None:
        for number in range(times):
            make_comment(proposal=proposal)
            make_comment(proposal=proposal, by=assessor("31.74"))
            report = make_handover("verified")
            need = report.delivery.lines.get().allocation.need
            actions.link(proposal=proposal, need=need, by=None)
            make_proposal(title=f"{proposal.title} {number}")

    def asked(who: Client) -> int:
        who.get(proposal.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert who.get(proposal.get_absolute_url()).status_code == 200
        return len(queries)

    grow(1)
    before = [asked(who) for who in (client, reader, officer)]
    grow(9)
    assert [asked(who) for who in (client, reader, officer)] == before
    assert before[0] <= 12


def test_page_leads_from_the_proposal_to_need_and_handover_and_back(client) -> None:
    proposal, report = make_proposal(), make_handover("verified")
    need = report.delivery.lines.get().allocation.need
    actions.link(proposal=proposal, need=need, by=None)
    page = text(client, proposal.get_absolute_url())
    assert need.get_absolute_url() in page
    assert report.get_absolute_url() in page
    back = text(client, need.get_absolute_url())
    assert "berasal dari usulan" in back
    assert proposal.get_absolute_url() in back
    actions.hide(thing=proposal, by=None, rule=Rule.CLAIM, reason="Menuduh.")
    assert "berasal dari usulan" not in text(client, need.get_absolute_url())


def test_unverified_handover_and_handover_of_other_needs_are_not_shown(client) -> None:
    proposal, report, other = make_proposal(), make_handover("submitted"), make_handover("verified")
    actions.link(proposal=proposal, need=report.delivery.lines.get().allocation.need, by=None)
    page = text(client, proposal.get_absolute_url())
    assert "Belum ada yang sampai dan diperiksa" in page
    assert report.get_absolute_url() not in page
    assert other.get_absolute_url() not in page


def test_who_reads_a_proposal_that_is_not_public(client) -> None:
    author = UserFactory()
    waiting = make_proposal("submitted", by=author, title="Usulan yang masih rahasia")
    for reader, status in ((client, 404), (as_(UserFactory()), 404), (as_(assessor("31.75")), 404),
                           (as_(author), 200), (as_(assessor("31.74")), 200)):  # fmt: skip
        assert reader.get(waiting.get_absolute_url()).status_code == status
    hidden = make_proposal(
        "hidden", by=author, title="Usulan yang disembunyikan", body="Isi yang melanggar " * 5
    )
    page = text(client, hidden.get_absolute_url())
    assert "Isi yang melanggar" not in page
    assert hidden.title not in page
    assert str(Rule.RESPECT.label) in page
    assert "Merendahkan orang lain." in page
    assert "noindex" in page
    assert "Isi yang melanggar" in text(as_(author), hidden.get_absolute_url())
    never = make_proposal("submitted", title="Ditolak moderator")
    actions.hide(thing=never, by=None, rule=Rule.CAMPAIGN, reason="Iklan.")
    assert client.get(never.get_absolute_url()).status_code == 404


def test_withdrawn_proposal_keeps_its_thread(client) -> None:
    author = UserFactory()
    proposal = make_proposal(by=author, title="Usulan yang ditarik")
    make_comment(proposal=proposal, body="Sayang sekali bila hilang.")
    actions.withdraw(proposal=proposal, by=author)
    page = text(client, proposal.get_absolute_url())
    assert "Usulan yang dihapus pengusulnya" in page
    assert "Sayang sekali bila hilang." in page
    assert not re.search(r"/usulan/[^\"]*lapor/", page)
    assert "Warga Tebet" not in page
    assert "Usulan yang ditarik" not in page


def test_hidden_comment_leaves_a_mark_with_the_rule_it_broke(client) -> None:
    author, proposal = UserFactory(), make_proposal()
    comment = make_comment(
        "hidden", proposal=proposal, by=author, body="Kata yang kasar sekali", display_name="Nama Menghina"
    )
    make_comment("withdrawn", proposal=proposal, body="Kata yang ditarik lagi")
    page = text(client, proposal.get_absolute_url())
    assert "Kata yang kasar sekali" not in page
    assert "Nama Menghina" not in page
    assert "Kata yang ditarik lagi" not in page
    assert f"Aturan yang dilanggar: {Rule.RESPECT.label}." in page
    assert "Dihapus penulisnya." in page
    own = text(as_(author), proposal.get_absolute_url())
    assert "Kata yang kasar sekali" in own
    assert f"/usulan/tanggapan/{comment.pk}/appeal/" in own


def test_no_page_tells_an_address_a_number_or_an_accounts_name(client) -> None:
    author = UserFactory(name="Nama Akun Rahasia", phone="+628123456789")
    proposal = make_proposal(by=author)
    make_comment(proposal=proposal, by=author)
    for page in (text(client, proposal.get_absolute_url()), text(client, LIST)):
        for secret in ("Nama Akun Rahasia", author.email, "628123456789"):
            assert secret not in page


def test_what_people_write_is_never_markup(client) -> None:
    proposal = make_proposal(
        title="<script>alert(1)</script> sepeda", body="<img src=x onerror=alert(1)> " * 3
    )
    make_comment(proposal=proposal, body="<b>tebal</b>")
    for page in (text(client, proposal.get_absolute_url()), text(client, LIST)):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>tebal" not in page
    # Also where the page is in another language.
    english = text(client, proposal.get_absolute_url().replace("/id/", "/en/"))
    assert english.count('lang="id"') >= text(client, "/en/usulan/").count('lang="id"') + 2 >= 4


def test_officers_comment_is_marked_with_the_role(client) -> None:
    proposal = make_proposal()
    make_comment(proposal=proposal, by=assessor("31.74"), body="Kami mengkajinya.")
    page = text(client, proposal.get_absolute_url())
    assert 'class="said-role">Resmi' in page
    assert "Asesor Wilayah 31.74" in page


def test_link_to_a_comment_opens_the_page_it_stands_on(client) -> None:
    proposal = make_proposal()
    comments = [make_comment(proposal=proposal, body=f"Tanggapan nomor {n}.") for n in range(23)]
    assert "Tanggapan nomor 22." in text(client, comments[22].get_absolute_url())
    assert "Tanggapan nomor 22." not in text(client, comments[0].get_absolute_url())
    assert "Tanggapan nomor 22." in text(client, f"{proposal.get_absolute_url()}?hal=2")
    assert client.get(f"{proposal.get_absolute_url()}?tanggapan=99999999999999999999").status_code == 200


def test_visitors_page_is_the_same_for_all_and_old_after_every_change(client) -> None:
    proposal, person = make_proposal(), UserFactory()
    assert not client.get(proposal.get_absolute_url()).cookies

    def changes(act) -> bool:
        before = public_version()
        with_commit = connection.run_on_commit
        start = len(with_commit)
        act()
        for _savepoints, function, _robust in with_commit[start:]:
            function()
        return public_version() != before

    assert changes(lambda: actions.support(proposal=proposal, by=person))
    assert changes(lambda: actions.take_back_support(proposal=proposal, by=person))
    assert changes(lambda: make_comment(proposal=proposal))
    assert changes(lambda: actions.answer(proposal=proposal, verb="study", by=None, text="Kami kaji."))
    assert changes(lambda: actions.hide(thing=proposal, by=None, rule=Rule.CLAIM, reason="x"))


def test_support_and_comment_change_no_page_that_is_kept_besides_them(client) -> None:
    """What the views with `public_page_besides(FORUM)` promise; the forum's own pages do change."""
    need = make_need()
    proposal = make_proposal(program=need.program)
    actions.link(proposal=proposal, need=need, by=None)
    besides = [
        "/id/", "/id/kebutuhan/", need.get_absolute_url(), "/id/program/", f"/id/program/{need.program.code}/",
        "/id/peta/", "/data/map/figures.json", "/id/wilayah/31.74/", "/id/statistik/", "/id/galeri/", "/id/kisah/",
        "/id/kolaborator/", "/id/data/",
    ]  # fmt: skip
    own = ["/id/usulan/", proposal.get_absolute_url()]

    def read(path: str) -> str:
        response = client.get(path)
        assert response.status_code == 200, path
        assert getattr(response.wsgi_request, "kept_besides", None) == (FORUM if path in besides else "")
        return response.content.decode()

    with clock.at(clock.now()):
        before = {path: read(path) for path in (*besides, *own)}
        actions.support(proposal=proposal, by=UserFactory())
        make_comment(proposal=proposal)
        changed = [path for path in (*besides, *own) if read(path) != before[path]]
    assert changed == own


def test_picture_is_public_with_its_proposal_and_private_before(client) -> None:
    author = UserFactory()
    image = ContentFile(picture().read(), "asli.jpg")
    proposal = make_proposal("submitted", by=author, picture=image, picture_text="Bengkel sepeda")
    address = f"/id/usulan/{proposal.pk}/gambar.jpg"
    assert client.get(address).status_code == 404
    assert as_(author).get(address).status_code == 200
    actions.publish(proposal=proposal, by=None)
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert 'alt="Bengkel sepeda"' in text(client, proposal.get_absolute_url())
    asked_again = {"if-none-match": response["ETag"]}
    assert response["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers=asked_again).status_code == 304
    actions.hide(thing=proposal, by=None, rule=Rule.PERSONAL, reason="Wajah.")
    assert client.get(address, headers=asked_again).status_code == 404


def test_rules_page_names_every_rule(client) -> None:
    page = text(client, "/id/usulan/aturan/")
    assert all(f'id="{rule.value}"' in page and str(rule.label) in page for rule in Rule)


def test_similar_piece_answers_while_one_types(client) -> None:
    make_proposal()
    assert "reparasi sepeda" in text(client, "/id/usulan/serupa/?title=bengkel+reparasi+sepeda")
    assert text(client, "/id/usulan/serupa/?title=").strip() == ""


def test_need_page_without_a_proposal_says_nothing_of_one(client) -> None:
    assert "berasal dari usulan" not in text(client, make_need().get_absolute_url())

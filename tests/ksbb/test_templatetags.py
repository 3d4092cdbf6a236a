"""What `{% load ksbb %}` writes and draws."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from ksbb.icons import PATHS
from programs.coverage import Coverage
from tests.html import flat

MOMENT = datetime(2026, 11, 21, 22, 40, tzinfo=UTC)
KALI_ANYAR = Coverage(640, held=80, reserved=260, received=160, verified=120, unit="paket")


def draw(source, language="id", **context):
    with override(language):
        return Template("{% load ksbb %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("source", "indonesian", "english"),
    [
        ("{{ 1284|number }}", "1.284", "1,284"),
        ("{{ 39.67|number:1 }}", "39,7", "39.7"),
        ("{{ -8|signed }}", "−8", "−8"),
        ("{{ 12|signed }}", "+12", "+12"),
        ("{{ 20000000|rupiah }}", "Rp20.000.000", "Rp20,000,000"),
        ("{{ 15000000000|rupiah_short }}", "Rp15\u00a0miliar", "Rp15\u00a0billion"),
        ('{{ 20000000|words:"rupiah" }}', "dua puluh juta rupiah", "twenty million rupiah"),
        ("{{ day|day }}", "21\u00a0November 2026", "21\u00a0November 2026"),
        ("{{ moment|moment }}", "22\u00a0November 2026 pukul\u00a005.40\u00a0WIB", None),
        ("{{ moment|clock }}", "05.40", "05:40"),
        ("{% percent 36500 92000 %}", "39,7%", "39.7%"),
        ("{% percent 1 3 0 %}", "33%", "33%"),
    ],
)
def test_figures_in_both_languages(source, indonesian, english):
    context = {"day": date(2026, 11, 21), "moment": MOMENT}
    assert draw(source, **context) == indonesian
    if english:
        assert draw(source, "en", **context) == english


@pytest.mark.parametrize(
    "name", ["number", "signed", "rupiah", "rupiah_short", "words", "day", "moment", "ago"]
)
def test_a_missing_figure_is_written_as_nothing(name):
    assert draw("{{ missing|" + name + " }}", missing=None) == ""


def test_percent_without_a_whole_gives_the_reason():
    assert draw("{% percent 0 0 %}") == '<span class="none">belum ada target</span>'
    assert (
        draw("{% percent 0 0 none=reason %}", reason="belum ada <RW>")
        == '<span class="none">belum ada &lt;RW&gt;</span>'
    )


def test_stamp_is_read_by_machines_too():
    assert draw("{% stamp moment 'clock' %}", moment=MOMENT) == (
        '<time datetime="2026-11-22T05:40+07:00">05.40</time>'
    )
    assert '<time datetime="2026-12-15">' in draw("{% stamp day %}", day=date(2026, 12, 15))


@pytest.mark.parametrize("name", PATHS)
def test_icons_are_silent_or_named(name):
    assert 'aria-hidden="true"' in draw("{% icon name %}", name=name)
    assert 'aria-label="Cari"' in draw("{% icon name 'Cari' %}", name=name)


def test_status_has_a_word_and_a_mark():
    assert draw('{% status "held" %}') == '<span class="status status-held">ditahan</span>'
    assert "terlambat 3 jam" in draw('{% status "late" "terlambat 3 jam" %}')


def test_coverage_bar_draws_lengths_that_svg_understands():
    drawn = draw("{% coverage_bar coverage 'l' %}", coverage=KALI_ANYAR)
    assert 'class="cov cov-l"' in drawn
    assert '<rect class="v" x="0.00%" width="18.75%" height="100%"/>' in drawn
    assert "Dari target 640: terverifikasi 120" in drawn
    assert drawn.count("<line") == 4


def test_coverage_bar_is_silent_beside_its_key():
    assert "aria-label" not in draw("{% coverage_bar coverage silent=True %}", coverage=KALI_ANYAR)
    key = flat(draw("{% coverage_key coverage %}", coverage=KALI_ANYAR))
    assert key.count("<dt>") == 6
    assert "<dd>300</dd><dd>47%</dd>" in key


def test_coverage_of_a_needs_counters():
    counters = SimpleNamespace(target=10, held=1, reserved=5, received=3, verified=2)
    drawn = draw("{% coverage_bar counters|coverage:'paket' %}", counters=counters)
    assert "masih kurang 4" in drawn


def test_qr_code_draws_every_dark_module():
    import segno

    address = "https://ksbb.example.id/id/bast/K7QF-2M9X-4TRD/"
    drawn = draw("{% qr address %}", address=address)
    dark = sum(map(sum, segno.make(address, error="m", micro=False).matrix))
    assert sum(map(int, re.findall(r"h(\d+)", drawn))) == dark


def test_tiles_stand_in_their_places_and_keep_the_unknown():
    items = [
        {"code": "31.01.01", "name": "Kepulauan Seribu Utara", "href": "/a/", "value": 440},
        {"code": "31.74.01", "name": "Tebet", "href": "/b/", "value": None},
        {"code": "32.01.01", "name": "Kota lain", "href": "/c/", "value": 7},
    ]
    drawn = flat(draw("{% tiles items %}", items=items))
    tiles = re.findall(r'<li class="tile".*?</li>', drawn)
    assert 'href="/a/"' in tiles[0]
    assert 'class="k0" href="/b/"' in tiles[-1]
    assert "tanpa target" in tiles[-1]
    assert "Kota lain" in drawn.split("</ul>", 1)[1]


def test_columns_chart_carries_its_table():
    months = [SimpleNamespace(label="Apr", received=4980, verified=4610)]
    drawn = flat(draw("{% columns_chart months 'Per bulan' %}", months=months))
    assert '<td class="n">4.980</td>' in drawn
    assert "%" not in re.sub(r'"[^"]*"', "", drawn)


def paged(number, query="", count=612):
    page = Paginator(range(count), 25).get_page(number)
    return draw(
        "{% pages page 'kebutuhan' %}", page=page, request=RequestFactory().get(f"/id/kebutuhan/{query}")
    )


def test_pages_keep_the_query():
    drawn = paged(3, "?program=pangan&hal=3&urut=kurang")
    assert 'href="?program=pangan&amp;hal=4&amp;urut=kurang" rel="next"' in drawn
    assert '<a href="?program=pangan&amp;urut=kurang">1</a>' in drawn
    assert '<span aria-current="page">3</span>' in drawn
    assert "51–75 dari 612 kebutuhan" in drawn


def test_a_single_page_has_no_paging():
    assert paged(1, count=25) == ""


def test_verb_is_a_post_with_its_token():
    drawn = draw(
        '{% verb "/x/" "Terima" kind="primary" fields=fields %}', fields={"key": "a<b"}, csrf_token="t0k3n"
    )
    assert '<form class="verb" action="/x/" method="post">' in drawn
    assert 'value="t0k3n"' in drawn
    assert 'name="key" value="a&lt;b"' in drawn


def test_verb_that_cannot_be_used_says_why():
    drawn = draw('{% verb "/x/" "Kirim" why="Tanggal belum dipastikan." %}')
    assert "<form" not in drawn
    assert "disabled" in drawn
    assert "Tanggal belum dipastikan." in drawn


def test_verb_asks_for_a_reason():
    drawn = draw('{% verb "/x/" "Tolak" kind="danger" reason="required" %}')
    assert "<details" in drawn
    assert re.search(r'<textarea[^>]*name="reason"[^>]* required>', drawn)


def test_section_is_named_by_its_title():
    drawn = draw('{% section title="Sampai mana" note="Per hari ini" %}isi{% endsection %}')
    assert 'aria-labelledby="s-sampai-mana"' in drawn
    assert '<h2 id="s-sampai-mana">Sampai mana</h2><p>Per hari ini</p>' in drawn


def test_steps_fill_the_bar():
    drawn = draw('{% steps 2 5 "jumlah" %}')
    assert drawn.count("<rect") == 5
    assert '<rect class="now" x="20.00%" width="19.00%" height="100%"/>' in drawn
    assert "Langkah 2 dari 5 · jumlah" in drawn


def test_role_strip_reads_an_assignment_or_plain_words():
    strip = "{% include 'components/role.html' %}"
    plain = {"role_label": "asesor", "place_label": "Jakarta Selatan (31.74)", "ends": date(2026, 12, 31)}
    drawn = draw(strip, assignment=plain)
    assert "<b>asesor</b>" in drawn
    assert "<b>Jakarta Selatan (31.74)</b>" in drawn
    assert "31\u00a0Desember 2026" in drawn
    site = SimpleNamespace(name="Panti Melati Contoh")
    model = SimpleNamespace(
        get_role_display="pengurus", region=None, site=site, program_code="pangan", ends=None
    )
    drawn = draw(strip, assignment=model)
    assert "<b>pengurus</b>" in drawn
    assert "<b>Panti Melati Contoh</b>" in drawn
    assert "<b>pangan</b>" in drawn

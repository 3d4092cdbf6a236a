import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.contrib.staticfiles import finders

from ksbb.bundles import BUNDLES, BundleFinder


@pytest.fixture
def finder(settings, tmp_path: Path) -> BundleFinder:
    settings.VAR_DIR = tmp_path
    return BundleFinder()


@pytest.mark.parametrize("name", list(BUNDLES))
def test_bundle_holds_its_parts_in_their_order(finder: BundleFinder, name: str):
    text = Path(finder.find(name)).read_text(encoding="utf-8")
    places = []
    for part in BUNDLES[name]:
        first = next(
            line
            for line in Path(str(finders.find(part))).read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.startswith(("import ", "export ", "//# "))
        )
        places.append(text.index(first))
    assert places == sorted(places)
    assert not re.search(r"^(import|export) |sourceMappingURL", text, re.MULTILINE)


def test_modules_of_a_bundle_import_only_what_comes_before_them():
    for name, parts in BUNDLES.items():
        for at, part in enumerate(parts):
            if not name.endswith(".js"):
                continue
            text = Path(str(finders.find(part))).read_text(encoding="utf-8")
            for imported in re.findall(r'^import .* from "\./(.+)";', text, re.MULTILINE):
                assert f"js/{imported}" in parts[:at], part


def test_bundle_is_made_anew_when_a_part_changed(finder: BundleFinder):
    made = Path(finder.find("bundles/map.css"))
    made.write_text("old")
    assert Path(finder.find("bundles/map.css")).read_text(encoding="utf-8") != "old"


def test_bundle_is_made_by_several_at_once(finder: BundleFinder):
    together, threads = Barrier(4), 4

    def make(_number: int) -> str:
        together.wait()
        return Path(finder.find("bundles/map.js")).read_text(encoding="utf-8")

    for _try in range(10):
        (finder.root / "bundles/map.js").unlink(missing_ok=True)
        with ThreadPoolExecutor(threads) as pool:
            assert len(set(pool.map(make, range(threads)))) == 1
    assert [one.name for one in (finder.root / "bundles").iterdir()] == ["map.js"]


def test_finder_lists_bundles_and_finds_nothing_else(finder: BundleFinder):
    assert sorted(name for name, _storage in finder.list(None)) == sorted(BUNDLES)
    assert not finder.find("css/core.css")
    assert not finder.find("bundles/../../secret_key")

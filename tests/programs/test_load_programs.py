import io

import pytest
from django.core.management import CommandError, call_command

from programs.catalogue import read_catalogue
from programs.management.commands.load_programs import OWN_FILE
from programs.models import AidType, Program, PublishedFigure
from tests.factories import tree

WRONG = b"""
[[program]]
code = "Seni Budaya"
region = "31"
name = ""
lead_agency = "Dinas"
launched = "Juni 2021"
colour = "merah"

[[program.aid_type]]
code = "uang"
name = "Uang"
unit = "rupiah"
kind = "money"
guide_value = 5

[[program.aid_type]]
code = "uang"
name = "Uang"
unit = "rupiah"
kind = "hadiah"
guide_value = -3

[[program.figure]]
label = "Kolaborator"
"""

SEVENTH = """
[[program]]
code = "seni-budaya"
region = "31"
name = "Seni Budaya"
lead_agency = "Dinas Kebudayaan"

[[program.aid_type]]
code = "panggung"
name = "Panggung"
unit = "malam"
kind = "service"
"""


def test_own_file_holds_the_six_programs() -> None:
    catalogue = read_catalogue(OWN_FILE.read_bytes())
    assert catalogue.faults == []
    assert [entry.values["code"] for entry in catalogue.entries] == [
        "pangan", "pendidikan", "umkm", "permukiman", "persampahan", "tenaga-kerja",
    ]  # fmt: skip
    for entry in catalogue.entries:
        for values in (entry.values, *entry.aid_types, *entry.figures):
            half = [name for name in values if values.get(f"{name}_en") == "" and values[name]]
            # A figure may read alike in both languages; words may not.
            assert all(name in ("value", "amount") for name in half), (entry.values["code"], half)


def test_every_fault_is_listed() -> None:
    text = "\n".join(read_catalogue(WRONG).faults)
    for part in ("code", "name belum", "launched", "colour", "harus 1", "kind harus", "guide_value harus",
                 "lebih dari sekali", "value belum", "source belum", "published belum"):  # fmt: skip
        assert part in text, text


@pytest.mark.parametrize("content", [b"", b"\xff", b"program = 3", b"[[program", b"[other]\nx = 1"])
def test_what_is_no_catalogue_is_said_so(content: bytes) -> None:
    assert read_catalogue(content).faults


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_keeps_states() -> None:
    tree("31")
    call_command("load_programs", stdout=io.StringIO())
    sembako = AidType.objects.get(program="pangan", code="sembako")
    assert (sembako.guide_value, len(sembako.contents)) == (200_000, 10)
    assert Program.objects.get(pk="pangan").moves.get().verb == "found"
    figures = PublishedFigure.objects.count()
    Program.objects.filter(pk="umkm").update(state="paused")
    out = io.StringIO()
    call_command("load_programs", stdout=out)
    assert "Tetap: 6" in out.getvalue()
    assert PublishedFigure.objects.count() == figures
    assert Program.objects.get(pk="umkm").state == "paused"
    Program.objects.filter(pk="umkm").update(name="Usaha")
    AidType.objects.filter(pk=sembako.pk).update(guide_value=1)
    call_command("load_programs", stdout=io.StringIO())
    assert Program.objects.get(pk="umkm").name == "UMKM"
    assert AidType.objects.get(pk=sembako.pk).guide_value == 200_000


@pytest.mark.django_db
def test_a_seventh_program_needs_no_code(tmp_path) -> None:
    tree("31")
    file = tmp_path / "seventh.toml"
    file.write_text(SEVENTH)
    call_command("load_programs", file, stdout=io.StringIO())
    assert AidType.objects.get(program="seni-budaya").kind == "service"


@pytest.mark.django_db
def test_wrong_file_or_unknown_region_changes_nothing(tmp_path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_bytes(WRONG)
    with pytest.raises(CommandError, match="kesalahan"):
        call_command("load_programs", file, stderr=io.StringIO())
    with pytest.raises(CommandError, match="31"):
        call_command("load_programs")
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("load_programs", tmp_path / "none.toml")
    assert not Program.objects.exists()

"""Cases for tests; each reaches its state by verbs."""

import io
from typing import Any

import pikepdf

from accounts.models import User
from accounts.roles import Role
from donations.misconduct import actions
from donations.misconduct.codes import new_code
from donations.misconduct.models import Case
from tests.factories import someone, tree

RW = "31.74.01.1001.003"
TEXT = "Diminta Rp10.000 untuk setiap paket, tanpa kuitansi."


def inspector(code: str = "31") -> User:
    return someone(Role.INSPECTOR, tree(code))


def report(**fields: Any) -> actions.Report:
    values: dict[str, Any] = {
        "kind": "levy",
        "text": TEXT,
        "region": tree(RW),
        "posts": ["unknown"],
        **fields,
    }
    return actions.Report(**values)


def make_case(
    state: str = "received", *, code: str = "", reporter: User | None = None, **fields: Any
) -> Case:
    case = actions.receive(report=report(**fields), code=code or new_code(), reporter=reporter)
    if state == "received":
        return case
    case = actions.acknowledge(case=case, by=None)
    if state == "acknowledged":
        return case
    case = actions.coordinate(case=case, by=None, reason="Dengan kelurahan.")
    if state == "coordinated":
        return case
    decide = actions.resolve if state == "resolved" else actions.reject
    return decide(case=case, by=None, reason="Sudah diperiksa.")


def pdf(**about: Any) -> io.BytesIO:
    """A document with everything that has to be taken out, and one page."""
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = "Budi Pelapor"
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    out = io.BytesIO()
    document.save(out, **about)
    out.seek(0)
    return out

"""The region and the program that an address names; whoever names what there is not is told so."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from donations.opendata.asked import Wrong
from donations.opendata.feeds import Choice
from programs.models import Program
from regions.codes import is_code
from regions.models import Region

REGION, PROGRAM = "wilayah", "program"


def read_choice(asked: QueryDict, more: tuple[str, ...] = ()) -> Choice:
    """`?wilayah=` and `?program=`; `more` are parameters that somebody else reads. Raises Wrong."""
    known = (REGION, PROGRAM, *more)
    problems = [
        (name, _("isian ini tidak ada. Yang ada: %(names)s.") % {"names": ", ".join(known)})
        for name in asked
        if name not in known
    ]
    code, wanted = asked.get(REGION, ""), asked.get(PROGRAM, "")
    region = Region.objects.filter(code=code).first() if is_code(code) else None
    if code and region is None:
        problems.append((REGION, _("tidak ada wilayah dengan kode itu. Contoh: 31.74.")))
    program = Program.objects.filter(code=wanted).first() if wanted else None
    if wanted and program is None:
        codes = ", ".join(Program.objects.values_list("code", flat=True))
        problems.append((PROGRAM, _("pilih salah satu: %(names)s.") % {"names": codes}))
    if problems:
        raise Wrong(problems)
    return Choice(region, program)

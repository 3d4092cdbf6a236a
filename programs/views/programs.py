"""The programs in a list. Each one's page shows gifts too, and is composed in donations."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import clock
from programs.program_rows import program_rows
from regions.public_version import FORUM, public_page_besides


@login_not_required
@public_page_besides(FORUM)
def programs(request: HttpRequest) -> HttpResponse:
    """All programs with their open needs and coverage."""
    return render(request, "programs/programs.html", {"rows": program_rows(), "as_of": clock.now()})

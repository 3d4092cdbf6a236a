"""The register as a printed page and as files, for the office that keeps the region's inventory book."""

from itertools import chain

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import MemberRequest
from accounts.tables import csv_lines
from donations.assets import queries
from donations.assets.book import BOOK, HEADS, PRINTED, rows
from donations.assets.forms.lists import BookFilters
from donations.assets.models import AssetQuerySet
from donations.assets.spreadsheet import workbook
from donations.assets.views.lists import visible_to

PAGE, CHUNK = 100, 500
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def asset_book(request: MemberRequest) -> HttpResponse:
    """A page of the book that prints as it stands, with the sums of all of it."""
    return _page(request)


def _page(request: MemberRequest, status: int = 200) -> HttpResponse:
    filters, found = _asked(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    first = page.start_index() - 1 if page.paginator.count else 0
    shown = [[first + row[0], *row[1:PRINTED]] for row in rows(page) if isinstance(row[0], int)]
    query = request.GET.copy()
    query.pop("hal", None)
    context = {
        "filters": filters, "heads": BOOK, "rows": shown, "page": page, "sums": queries.sums(found),
        "as_of": clock.now(), "query": query.urlencode(),
    }  # fmt: skip
    return render(request, "assets/book.html", context, status=status)


@require_safe
def asset_book_csv(request: MemberRequest) -> HttpResponseBase:
    """All of it, streamed; the page, which says what is not understood, where a filter is none."""
    filters, found = _asked(request)
    if filters.errors:
        return _page(request, status=422)
    lines = csv_lines(HEADS, rows(found.iterator(chunk_size=CHUNK)))
    return _named(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), "csv")


@require_safe
def asset_book_xlsx(request: MemberRequest) -> HttpResponseBase:
    """All of it as a workbook, in which long numbers stay as they are; as above where a filter is none."""
    filters, found = _asked(request)
    if filters.errors:
        return _page(request, status=422)
    file = workbook("Buku inventaris", chain([HEADS], rows(found.iterator(chunk_size=CHUNK))))
    return _named(FileResponse(file, content_type=WORKBOOK), "xlsx")


def _asked(request: MemberRequest) -> tuple[BookFilters, AssetQuerySet]:
    filters = BookFilters(request.GET, user=request.user)
    return filters, filters.narrow(visible_to(request).for_rows())


def _named(response: HttpResponseBase, suffix: str) -> HttpResponseBase:
    name = f"buku-inventaris-ksbb-{clock.today().isoformat()}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response

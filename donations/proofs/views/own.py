"""One's documents: asking for one, watching it being made, sharing it or not."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import may
from accounts.http import MemberRequest, performing
from donations.pledges.models import Commitment, Pledge
from donations.proofs import actions, papers
from donations.proofs.forms import ReportForm
from donations.proofs.models import Proof, ProofKind
from donations.proofs.queries import lists
from donations.proofs.queries.check import latest_of
from donations.proofs.queries.figures import years_of
from donations.proofs.states import PROOF, ProofState
from donations.proofs.tasks import make_proof
from donations.proofs.views.showing import file_response, shown
from regions.jobs import publish

PAGE_SIZE = 25
# Sent by a button on the document's page: what each does.
VERBS = {"share": actions.share, "withdraw": actions.withdraw, "retry": actions.retry}


@never_cache
@require_safe
def proofs(request: MemberRequest) -> HttpResponse:
    """All documents of one's organisations, and what can be issued."""
    return _list(request)


@never_cache
@require_POST
def issue_certificate(request: MemberRequest, pk: int) -> HttpResponse:
    commitment = get_object_or_404(Commitment.objects.visible_to(request.user).for_rows(), pk=pk)
    with performing(request) as attempt:
        made = actions.issue_certificate(
            commitment=commitment, by=request.user, base_url=_base(request), language=get_language() or "id"
        )
        # A page and a half: set at once, in less time than the next page would take to say that it waits.
        actions.make(made.pk)
    return redirect(made) if attempt.done else redirect(commitment)


@never_cache
@require_POST
def issue_report(request: MemberRequest) -> HttpResponse:
    form = _report_form(request)
    if not form.is_valid():
        return _list(request, form, 422)
    data = form.cleaned_data
    organisation = next(one for one in lists.organisations_of(request.user) if one.pk == data["organisation"])
    with performing(request, form) as attempt:
        made = actions.issue_report(
            organisation=organisation, year=data["year"], named_only=data["named_only"], by=request.user,
            base_url=_base(request), language=get_language() or "id",
        )  # fmt: skip
    if not attempt.done:
        return _list(request, form, attempt.status)
    if made.state == ProofState.MAKING:
        publish(make_proof, made.pk)
    return redirect(made)


@never_cache
@require_safe
def proof(request: MemberRequest, code: str) -> HttpResponse:
    """A document: what it says, its link and its code; while it is being made, how long still."""
    found = _found(request, code)
    if not found.is_issued:
        context = {
            "proof": found,
            "title": papers.title_of(found),
            "may_retry": _may(request, "retry", found),
        }
        return render(request, "proofs/making.html", context)
    context = {
        **shown(found),
        "crumbs": [{"label": _("Bukti"), "href": reverse("proofs")}, {"label": papers.title_of(found), "href": ""}],
        "may_share": found.state == ProofState.ISSUED
        and found.kind != ProofKind.LETTER
        and _may(request, "share", found),
        "may_withdraw": found.is_shared and _may(request, "withdraw", found),
        "is_closed": found.is_shared and not found.is_nameable,
        "shared_url": request.build_absolute_uri(reverse("shared_proof", args=[found.code])),
        "latest": latest_of(found),
    }  # fmt: skip
    return render(request, "proofs/proof.html", context)


@never_cache
@require_safe
def proof_file(request: MemberRequest, code: str) -> HttpResponse:
    return file_response(_found(request, code))


@never_cache
@require_POST
def proof_verb(request: MemberRequest, code: str, verb: str) -> HttpResponse:
    found = _found(request, code)
    if verb not in VERBS:
        raise Http404
    if not _may(request, verb, found):
        raise PermissionDenied
    with performing(request) as attempt:
        VERBS[verb](proof=found, by=request.user)
    if attempt.done:
        if verb == "retry":
            publish(make_proof, found.pk)
        messages.success(request, f"{PROOF[verb].done}.")
    return redirect(found)


@never_cache
@require_safe
def pledge_letter(request: MemberRequest, pk: int) -> HttpResponse:
    """The letter of a pledge, for its giver and for the officers who see one of its commitments."""
    pledge = get_object_or_404(Pledge.objects.select_related("collaborator", "submitted_by"), pk=pk)
    seen = Commitment.objects.visible_to(request.user).filter(pledge=pledge).exists()
    if not seen and not Pledge.objects.visible_to(request.user).filter(pk=pk).exists():
        raise Http404
    return file_response(actions.letter_of(pledge=pledge, base_url=_base(request)))


def _list(request: MemberRequest, form: ReportForm | None = None, status: int = 200) -> HttpResponse:
    organisations = lists.organisations_of(request.user)
    if not organisations:
        raise PermissionDenied(_("Halaman ini untuk kolaborator."))
    page = Paginator(lists.issued_to(organisations), PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {
        "page": page,
        "rows": [(one, papers.title_of(one)) for one in page],
        "certifiable": lists.certifiable(organisations)[:PAGE_SIZE],
        "form": form or _report_form(request),
        "has_years": bool(_years(request)),
    }
    return render(request, "proofs/list.html", context, status=status)


def _report_form(request: MemberRequest) -> ReportForm:
    data = request.POST if request.method == "POST" else None
    return ReportForm(data, organisations=lists.organisations_of(request.user), years=_years(request))


def _years(request: MemberRequest) -> list[int]:
    organisations = lists.organisations_of(request.user)
    return sorted({year for one in organisations for year in years_of(one)}, reverse=True)


def _found(request: MemberRequest, code: str) -> Proof:
    found = Proof.objects.visible_to(request.user).select_related(
        "organisation", "commitment__pledge", "commitment__aid_type", "commitment__program", "pledge"
    )
    return get_object_or_404(found, code=code)


def _may(request: HttpRequest, verb: str, proof: Proof) -> bool:
    return may(request.user, PROOF[verb], proof)  # type: ignore[arg-type]


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")

"""The list of notices, the way from a notice to its page, and how one wants to be told."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.attempts import address_of, spend
from accounts.http import MemberRequest, performing
from accounts.models import User
from accounts.notices import stopping
from accounts.notices.actions.choosing import choose, go_on_with_mail, stop_mail
from accounts.notices.actions.planning import preference_of
from accounts.notices.actions.proving import ask_for_proof, awaited, drop_number, prove
from accounts.notices.actions.reading import mark_all_read, mark_read
from accounts.notices.forms import NoticeFilters, NumberCodeForm, NumberForm, PreferenceForm
from accounts.notices.kinds import Group
from accounts.notices.models import Channel, Notice
from accounts.notices.queries import groups_of, listed
from accounts.notices.wording import in_language, said
from accounts.phones import readable

PAGE = 25


@never_cache
@require_GET
def notices(request: MemberRequest) -> HttpResponse:
    """What one was told, newest first."""
    filters = NoticeFilters(request.GET, groups_of(request.user))
    rows = listed(request.user, group=filters.group, unread=filters.unread)
    page = Paginator(rows, PAGE).get_page(request.GET.get("hal"))
    context = {
        "filters": filters, "page": page, "rows": [said(notice) for notice in page],
        "newest": max((notice.pk for notice in page), default=0), "narrowed": filters.group or filters.unread,
    }  # fmt: skip
    return render(request, "notices/list.html", context)


@require_POST
def notices_read(request: MemberRequest) -> HttpResponse:
    """Mark all as read, except what came since the page was opened."""
    up_to = request.POST.get("sampai", "")
    if up_to.isdecimal() and len(up_to) < 19:
        mark_all_read(request.user, up_to=int(up_to))
    return redirect("notices")


@never_cache
@require_GET
def notice(request: MemberRequest, pk: int) -> HttpResponse:
    """On to the page that a notice is about, in the reader's language; it is read then."""
    found = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    mark_read(found)
    return HttpResponseRedirect(in_language(found.path))


@never_cache
@require_http_methods(["GET", "POST"])
def notice_preferences(request: MemberRequest) -> HttpResponse:
    form = PreferenceForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        choose(request.user, **form.chosen())
        messages.success(request, _("Tersimpan."))
        return redirect("notice_preferences")
    proved = preference_of(request.user).whatsapp_phone
    context = {"form": form, "person": request.user, "number": readable(proved)}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def whatsapp_number(request: MemberRequest) -> HttpResponse:
    """A number for WhatsApp: a code is sent there (`kirim`), and the number kept once it comes back."""
    if not settings.WHATSAPP_URL:
        raise Http404
    proof = awaited(request.user)
    asks = proof is None or "kirim" in request.POST or "lain" in request.GET
    form_class: type[Form] = NumberForm if asks else NumberCodeForm
    form = form_class(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        status = _proving(request, form)
        if status == 302:
            return redirect("whatsapp_number" if asks else "notice_preferences")
    context = {"form": form, "asks": asks, "phone": readable(proof.phone) if proof else ""}
    return render(request, "notices/number.html", context, status=status)


def _proving(request: MemberRequest, form: Form) -> int:
    """Send a code, or compare the one that was typed: the status of what came of it."""
    if not all(
        spend("whatsapp", key, limit=10, seconds=3600)
        for key in (f"person {request.user.pk}", f"address {address_of(request)}")
    ):
        form.add_error(None, _("Terlalu sering dicoba. Tunggu satu jam, lalu coba lagi."))
        return 429
    if isinstance(form, NumberForm):
        with performing(request, form) as attempt:
            ask_for_proof(request.user, form.cleaned_data["phone"])
        return 302 if attempt.done else attempt.status
    if prove(request.user, form.cleaned_data["code"]):
        messages.success(request, _("Nomornya terbukti. Pilih kabar mana yang dikirim ke sana."))
        return 302
    form.add_error("code", _("Kode ini tidak cocok atau sudah lewat. Periksa lagi, atau minta kode baru."))
    return 422


@require_POST
def drop_whatsapp(request: MemberRequest) -> HttpResponse:
    """Send nothing to that number any more."""
    drop_number(request.user)
    messages.success(request, _("Nomor WhatsApp Anda dihapus."))
    return redirect("notice_preferences")


# Mail programs send the POST by themselves (RFC 8058), without a session or a token of ours: the address is the proof.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def notices_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of which this one was, or go on with them. Only a POST changes anything."""
    found = stopping.read(token)
    if found is None:
        raise Http404
    key, names = found
    person = get_object_or_404(
        User.objects.filter(is_active=True).select_related("notice_preference"), pk=key
    )
    if request.method == "POST":
        change = go_on_with_mail if "lanjut" in request.POST else stop_mail
        change(person, names)
        person = User.objects.select_related("notice_preference").get(pk=key)
    choice = preference_of(person)
    context = {
        "groups": [Group(name).label for name in names if name in set(Group)],
        "stopped": all(not choice.wants(name, Channel.EMAIL) for name in names),
    }
    return render(request, "notices/stop.html", context)

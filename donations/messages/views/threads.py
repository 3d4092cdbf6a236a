"""The conversation about one commitment, and the list of conversations."""

from typing import Any

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.actions import may
from accounts.attempts import spend
from accounts.http import MemberRequest, performing
from donations.messages import actions
from donations.messages.forms import MessageForm
from donations.messages.models import Message, Thread
from donations.messages.queries import messages_of, narrowed, talkable, thread_rows
from donations.messages.states import THREAD, MessageState
from donations.pledges.models import Commitment

PAGE = 25
# Messages of one person in an hour: more is no conversation.
MOST_AN_HOUR = 60


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything that was written about a commitment, and the place to write."""
    commitment = commitment_of(request, pk)
    posted = request.method == "POST"
    form = MessageForm(request.POST if posted else None, request.FILES if posted else None)
    status = _send(request, commitment, form) if posted else 200
    if posted and status == 200:
        return redirect(f"{reverse('thread', args=[pk])}#tulis")
    return render(request, "messages/thread.html", _frame(request, commitment, form), status=status)


def commitment_of(request: MemberRequest, pk: int) -> Commitment:
    """The commitment, if this person is a party to its conversation; 404 out of reach, 403 in reach of it only."""
    found = talkable(request.user).for_rows().filter(pk=pk).first()
    if found is not None:
        return found
    if Commitment.objects.visible_to(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    raise Http404


def _send(request: MemberRequest, commitment: Commitment, form: MessageForm) -> int:
    if not form.is_valid():
        return 422
    if not spend("message", f"person {request.user.pk}", limit=MOST_AN_HOUR, seconds=3600):
        form.add_error(None, _("Terlalu banyak pesan dalam satu jam. Tunggu sebentar, lalu kirim lagi."))
        return 429
    data = form.cleaned_data
    with performing(request, form) as attempt:
        actions.send(
            commitment=commitment, by=request.user, text=data["text"], files=data["attached"], key=data["key"]
        )
    return attempt.status


def _frame(request: MemberRequest, commitment: Commitment, form: MessageForm) -> dict[str, Any]:
    found = list(messages_of(commitment))
    kept = Thread.objects.filter(commitment=commitment).first()
    if kept is not None:
        kept.commitment = commitment
    if found and kept is not None:
        actions.read(thread=kept, by=request.user, message=found[-1])
    return {
        "commitment": commitment,
        "messages": [_row(request, one) for one in found],
        "form": form,
        "thread": kept,
        "may_settle": kept is not None
        and kept.state == "waiting"
        and may(request.user, THREAD["settle"], kept),
        "crumbs": [
            {"label": commitment.number, "href": commitment.get_absolute_url()},
            {"label": _("Pesan"), "href": ""},
        ],
    }


def _row(request: MemberRequest, message: Message) -> dict[str, Any]:
    mine = message.author_id == request.user.pk
    sent = message.state == MessageState.SENT
    return {
        "message": message,
        "mine": mine,
        "sent": sent,
        "who": message.move.acted_as if message.move else "",
        "office": message.move is not None and message.move.verb == "reply",
        "may_withdraw": mine and sent and clock.now() <= message.withdrawable_until,
    }


@require_POST
def withdraw_message(request: MemberRequest, pk: int, message: int) -> HttpResponse:
    """Take back one's own message while it is fresh."""
    commitment = commitment_of(request, pk)
    found = get_object_or_404(Message.objects.filter(thread__commitment=commitment), pk=message)
    with performing(request) as attempt:
        actions.withdraw(message=found, by=request.user)
    if attempt.done:
        notices.success(request, _("Pesan ditarik. Yang lain melihat bahwa ada pesan yang ditarik."))
    return redirect("thread", pk=pk)


@require_POST
def settle_thread(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that what was written needs no answer."""
    found = get_object_or_404(Thread, commitment=commitment_of(request, pk))
    with performing(request) as attempt:
        actions.settle(thread=found, by=request.user)
    if attempt.done:
        notices.success(request, _("Ditandai tidak perlu dijawab."))
    return redirect("thread", pk=pk)


@require_safe
def threads(request: MemberRequest) -> HttpResponse:
    """All conversations in reach: those with something new, those that wait for an office's answer."""
    text, wanted = request.GET.get("q", "")[:100], request.GET.get("lihat", "")
    rows = narrowed(thread_rows(request.user), text)
    if wanted == "baru":
        rows = rows.filter(new__gt=0)  # type: ignore[misc]
    elif wanted == "menunggu":
        rows = rows.waiting().order_by("waiting_since", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("hal"))
    tabs = [
        {"label": label, "href": f"?lihat={name}", "current": name == wanted}
        for name, label in (
            ("", _("Semua")),
            ("baru", _("Belum dibaca")),
            ("menunggu", _("Menunggu jawaban")),
        )
    ]
    context = {"page": page, "tabs": tabs, "text": text, "asked": bool(text or wanted)}
    return render(request, "messages/threads.html", context)

"""Writing, taking back, and having read."""

import uuid
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import OutOfReach, Refused
from accounts.models import User
from accounts.notices.actions.reading import mark_read_about
from accounts.once import hold_key
from accounts.roles import Permission
from accounts.scope import Scope
from accounts.stored import delete_after_commit
from donations.messages.files import Clean
from donations.messages.models import Attachment, Message, Thread, ThreadRead
from donations.messages.models.attachments import MOST
from donations.messages.models.threads import LONGEST
from donations.messages.states import MessageState, ThreadState
from donations.pledges.models import Commitment


@transaction.atomic
def send(
    *, commitment: Commitment, by: User, text: str, files: Sequence[Clean] = (), key: uuid.UUID | None = None
) -> Message:
    """One message to everybody whom the commitment concerns. The same `key` always gives the same one message."""
    key = key or uuid.uuid4()
    text = text.replace("\x00", "").strip()
    hold_key(f"thread {commitment.pk}")
    sent = Message.objects.filter(key=key).first()
    if sent is not None and (sent.author_id, sent.thread.commitment_id) == (by.pk, commitment.pk):
        return sent
    if sent is not None:
        raise OutOfReach
    _check(text, files)
    now = clock.now()
    verb = "write" if Scope.of(by).covers(Permission.THREAD_WRITE, commitment) else "reply"
    asks = now if verb == "write" else None
    thread = Thread.objects.filter(commitment=commitment).first()
    thread = thread or Thread(commitment=commitment, last_at=now, waiting_since=asks)
    with perform(thread, verb, by=by) as act:
        act.subject.waiting_since = (act.subject.waiting_since or now) if asks else None
        act.subject.last_at = now
        message = Message.objects.create(thread=act.subject, author=by, text=text, sent_at=now, key=key)
        for file in files:
            _attach(message, file)
    message.move = act.moves[0]  # type: ignore[assignment]
    message.save(update_fields=["move"])
    read(thread=act.subject, by=by, message=message)
    return message


def _check(text: str, files: Sequence[Clean]) -> None:
    if not text and not files:
        raise Refused(_("Tuliskan pesannya, atau lampirkan berkas."), field="text")
    if len(text) > LONGEST:
        raise Refused(
            _("Pesan ini lebih dari %(most)s huruf. Bagi menjadi beberapa pesan.") % {"most": LONGEST},
            field="text",
        )
    if len(files) > MOST:
        raise Refused(
            _("Paling banyak %(most)s lampiran dalam satu pesan.") % {"most": MOST}, field="attached"
        )


def _attach(message: Message, file: Clean) -> None:
    attachment = Attachment(
        message=message, kind=file.kind, name=file.name, size=len(file.content), sha256=file.sha256,
        added_at=clock.now(),
    )  # fmt: skip
    attachment.file.save(file.name, ContentFile(file.content), save=False)
    attachment.save(force_insert=True)


@transaction.atomic
def withdraw(*, message: Message, by: User) -> Message:
    """Take back what one has just sent: its words and files are gone, that it was sent stays to be seen."""
    hold_key(f"thread {message.thread.commitment_id}")
    with perform(message, "withdraw", by=by) as act:
        if clock.now() > act.subject.withdrawable_until:
            raise Refused(
                _("Waktu untuk menarik pesan ini sudah lewat. Kirim pesan lain untuk meluruskannya.")
            )
        act.subject.text = ""
        for attachment in act.subject.attachments.all():
            delete_after_commit(attachment.file)
            attachment.file, attachment.name, attachment.size = "", "", 0  # type: ignore[assignment]
            attachment.save(update_fields=["file", "name", "size"])
    _await_anew(act.subject.thread)
    return act.subject


def _await_anew(thread: Thread) -> None:
    """Whether somebody still waits for an answer, now that a message is gone: those after the last answer."""
    sent = thread.messages.filter(state=MessageState.SENT).select_related("move").order_by("-pk")
    asked = None
    for one in sent:
        if one.move is not None and one.move.verb == "reply":
            break
        asked = one.sent_at
    if (asked is not None) == (thread.state == ThreadState.WAITING):
        return
    with perform(thread, "wait" if asked else "rest", by=None) as act:
        act.subject.waiting_since = asked


@transaction.atomic
def settle(*, thread: Thread, by: User) -> Thread:
    """No answer is needed: a word of thanks."""
    with perform(thread, "settle", by=by) as act:
        act.subject.waiting_since = None
    return act.subject


def read(*, thread: Thread, by: User, message: Message) -> None:
    """Note how far this person has read; never backwards."""
    seen, made = ThreadRead.objects.get_or_create(thread=thread, user=by, defaults={"message": message})
    if not made and seen.message_id < message.pk:
        ThreadRead.objects.filter(pk=seen.pk, message__lt=message.pk).update(message=message)
    mark_read_about(by, thread)

"""The verbs of the conversation about one commitment, and of one message in it."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class ThreadState(StrEnum):
    """Whether somebody from outside the office waits for an answer."""

    WAITING = "waiting"
    ANSWERED = "answered"


THREAD_STATE_LABELS = {
    ThreadState.WAITING: _("menunggu jawaban"),
    ThreadState.ANSWERED: _("terjawab"),
}

THREAD = Table(
    "thread",
    ThreadState,
    Verb("write", states(NEW, "waiting", "answered"), ThreadState.WAITING, Permission.THREAD_WRITE,
         _("Kirim pesan"), _("Pesan dikirim"), private=True),
    Verb("reply", states(NEW, "waiting", "answered"), ThreadState.ANSWERED, Permission.THREAD_ANSWER,
         _("Kirim pesan"), _("Pesan dijawab"), private=True),
    Verb("wait", states("answered"), ThreadState.WAITING, None,
         _("Menunggu lagi"), _("Jawabannya ditarik; pesan sebelumnya menunggu lagi"), by_platform=True, private=True),
    Verb("rest", states("waiting"), ThreadState.ANSWERED, None,
         _("Tidak menunggu lagi"), _("Pesan yang menunggu ditarik"), by_platform=True, private=True),
    Verb("settle", states("waiting"), ThreadState.ANSWERED, Permission.THREAD_ANSWER,
         _("Tidak perlu dijawab"), _("Ditandai tidak perlu dijawab"), private=True),
)  # fmt: skip


class MessageState(StrEnum):
    SENT = "sent"
    WITHDRAWN = "withdrawn"


# A message is sent by the thread's verbs; what was sent is never changed, only taken back while it is fresh.
MESSAGE = Table(
    "message",
    MessageState,
    Verb("withdraw", states("sent"), MessageState.WITHDRAWN, None,
         _("Tarik pesan"), _("Pesan ditarik"), danger=True, by_owner=True, private=True),
)  # fmt: skip

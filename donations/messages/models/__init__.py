"""The conversation about a commitment: its messages, what is attached to them, and who has read how far."""

from donations.messages.models.attachments import Attachment, AttachmentKind
from donations.messages.models.threads import Message, MessageMove, Thread, ThreadMove, ThreadRead

__all__ = ["Attachment", "AttachmentKind", "Message", "MessageMove", "Thread", "ThreadMove", "ThreadRead"]

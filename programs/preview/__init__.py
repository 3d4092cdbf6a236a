"""The picture that a link carries into other people's chats: what it says, its address, and its drawing.

A picture is known by a fingerprint of what it says. Its address holds the fingerprint, so it never changes
under its address and may be kept for ever; when a figure changes, the page names another address.
"""

from programs.preview.spec import HEIGHT, WIDTH, Preview, need_preview, program_preview, site_preview

__all__ = ["HEIGHT", "WIDTH", "Preview", "need_preview", "program_preview", "site_preview"]

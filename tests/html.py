"""What a page says, however its template breaks its lines."""

import re


def flat(html: str) -> str:
    """HTML with no white space beside a tag, and single spaces elsewhere."""
    return re.sub(r"\s+", " ", re.sub(r"\s*(<[^>]+>)\s*", r"\1", html))

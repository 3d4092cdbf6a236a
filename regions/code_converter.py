"""A Kemendagri code in an address."""


class CodeConverter:
    """`path("wilayah/<region:code>/", …)`: well-formed codes of any level; everything else is no such address."""

    regex = r"[1-9][0-9](?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4}(?:\.[0-9]{3})?)?)?)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value

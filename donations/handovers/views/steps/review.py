"""Everything once more, and handing it in."""



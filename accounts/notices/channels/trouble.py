"""What can come of sending, besides being sent."""


class NotSent(Exception):
    """Certain: nothing went out. `for_good`: it never will, so that it is not tried again."""

    def __init__(self, why: object, *, for_good: bool = False) -> None:
        self.for_good = for_good
        super().__init__(str(why))


class Unclear(Exception):
    """The other side fell silent while it had the message: nobody can tell whether it went out."""

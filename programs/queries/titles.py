from programs.models import Program


def titles() -> list[tuple[str, str]]:
    """(code, title) of every program, in order and in the reader's language."""
    return [(program.code, program.title) for program in Program.objects.only("code", "name", "name_en")]

"""Run as a process of its own by `typesetting`: sets one template in the current folder. Knows nothing of Django."""

import resource
import sys

import typst

MEMORY = 2 * 1024**3
PROCESSOR_SECONDS = 20


def main(template: str, moment: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    compiler = typst.Compiler(
        f"{template}.typ", root=".", font_paths=fonts, ignore_system_fonts=True,
        package_path="packages", package_cache_path="packages",
    )  # fmt: skip
    try:
        compiler.compile(
            output="document.pdf", format="pdf", timestamp=moment, pdf_standards="ua-1", pdf_tags=True
        )
    except typst.TypstError as error:
        # A sign that no font of ours has (an emoji in a name) is drawn as a box. PDF/UA does not allow that; the
        # document is made all the same, with its tags.
        if "could not be displayed with font" not in str(error):
            raise
        compiler.compile(output="document.pdf", format="pdf", timestamp=moment, pdf_tags=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

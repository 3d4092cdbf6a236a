"""Collect the texts to translate from Python and templates, without gettext's programs."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from ksbb.template_loader import unindented

# Only what a reader of the file needs; dates would change with every run.
HEADER = """\
# The interface of KSBB in this language; the texts themselves (msgid) are Indonesian.
# `manage.py messages` keeps this file in step with the code.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
FOLDERS = ("ksbb", "accounts", "regions", "programs", "donations", "templates")
# Function → does its first argument say the context, and how many texts follow.
SHAPES = {
    "_": (False, 1),
    "gettext": (False, 1),
    "ngettext": (False, 2),
    "pgettext": (True, 1),
    "npgettext": (True, 2),
}
KEYWORDS = SHAPES | {f"{name}_lazy": shape for name, shape in SHAPES.items()} | {"gettext_noop": (False, 1)}
# A file that needs both calls one of them by another name.
ALIAS = re.compile(r"^from django\.utils\.translation import (\w+) as (\w+)$", re.MULTILINE)


def sources(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
                yield path


def extract(root: Path) -> Catalog:
    """All texts under `root`, with the files that hold them; the texts themselves are Indonesian."""
    catalog = Catalog(locale="id", project="KSBB", charset="utf-8")
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        code = path.read_text()
        if path.suffix != ".py":
            code = templatize(unindented(code) if path.suffix == ".html" else code, origin=name)
        shapes = KEYWORDS | {alias: KEYWORDS[real] for real, alias in ALIAS.findall(code) if real in KEYWORDS}
        names: Any = shapes  # Babel looks at the names only
        calls: Any = extract_python(io.BytesIO(code.encode()), names, ["Translators:"], {"encoding": "utf-8"})
        for _, function, arguments, comments in calls:
            add(catalog, shapes[str(function)], arguments, name, list(comments))
    return catalog


def add(catalog: Catalog, shape: tuple[bool, int], arguments: Any, where: str, comments: list[str]) -> None:
    """Note one call, unless what it translates is not written out as a text."""
    has_context, count = shape
    found = list(arguments) if isinstance(arguments, tuple | list) else [arguments]
    context = found.pop(0) if has_context else None
    texts = tuple(found[:count])
    if len(texts) < count or not all(isinstance(text, str) and text for text in texts):
        return
    catalog.add(
        texts if count > 1 else texts[0], locations=[(where, 0)], auto_comments=comments, context=context
    )


def updated(path: Path, language: str, template: Catalog) -> Catalog:
    """The catalogue at `path` with the texts of `template`: translations kept, nothing guessed, old ones gone."""
    catalog = load(path, language)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    for message in catalog:
        message.locations = sorted({(name, 0) for name, _ in message.locations})
    return catalog


def load(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, project="KSBB", charset="utf-8", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def differences(path: Path, language: str, catalog: Catalog) -> list[str]:
    """One line for each text that the file lacks, no longer needs, or leaves untranslated or uncertain."""
    before = {(message.context, message.id) for message in load(path, language) if message.id}
    now = {(message.context, message.id): message for message in catalog if message.id}
    lines = [f"gone: {text!r}" for _, text in before - now.keys()]
    for key, message in now.items():
        written = message.string if isinstance(message.string, tuple) else (message.string,)
        if key not in before:
            lines.append(f"new: {message.id!r}")
        elif not all(written):
            lines.append(f"not translated: {message.id!r}")
        elif message.fuzzy:
            lines.append(f"uncertain: {message.id!r}")
    return sorted(lines)


def write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(
        text, catalog, 110, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    header = HEADER.format(language=catalog.locale_identifier, plural=catalog.plural_forms)
    path.write_bytes(header.encode() + text.getvalue())

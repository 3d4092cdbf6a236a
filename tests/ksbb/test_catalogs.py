import os
import re
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from ksbb import extraction
from ksbb.catalogs import compile_catalogs
from ksbb.embedded.places import CHECKOUT
from ksbb.extraction import differences, extract, updated, write

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Kebutuhan"
msgstr "Needs"

#, fuzzy
msgid "Ikrar"
msgstr "Vow"
"""


@pytest.fixture
def project(tmp_path):
    """A small project with texts in code and in a template."""
    (tmp_path / "ksbb").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "ksbb/one.py").write_text(
        "a = _('Kebutuhan')\nb = ngettext('%(n)s paket', '%(n)s paket', n)\nc = pgettext_lazy('need', 'ditutup')\n"
        "d = gettext(variable)\n# Translators: a button\ne = gettext_lazy('Kirim')\n"
        "from django.utils.translation import gettext as _now\nf = _now('Sekarang')\n"
    )
    (tmp_path / "templates/one.html").write_text(
        '{% translate "Peta" %}{% blocktranslate count n=n %}{{ n }} RW{% plural %}{{ n }} RW{% endblocktranslate %}'
        '{% translate "Buka" context "verb" %}'
    )
    return tmp_path


def test_texts_are_found_in_code_and_templates(project):
    found = {(message.context, message.id) for message in extract(project) if message.id}
    assert found == {
        (None, "Kebutuhan"),
        (None, ("%(n)s paket", "%(n)s paket")),
        ("need", "ditutup"),
        (None, "Kirim"),
        (None, "Sekarang"),
        (None, "Peta"),
        (None, ("%(n)s RW", "%(n)s RW")),
        ("verb", "Buka"),
    }


def test_translations_are_kept_and_old_texts_go(project):
    path = project / "django.po"
    path.write_text(PO)
    catalog = updated(path, "en", extract(project))
    assert differences(path, "en", catalog)[0] == "gone: 'Ikrar'"
    write(path, catalog)
    assert 'msgid "Kebutuhan"\nmsgstr "Needs"' in path.read_text()
    assert "Ikrar" not in path.read_text()
    before = path.read_bytes()
    write(path, updated(path, "en", extract(project)))
    assert path.read_bytes() == before
    left = differences(path, "en", updated(path, "en", extract(project)))
    assert len(left) == 7
    assert all(line.startswith("not translated") for line in left)


def test_compiled_once_until_it_changes_without_the_uncertain(tmp_path):
    source = tmp_path / "locale/en/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO)
    target = tmp_path / "compiled"
    (compiled,) = compile_catalogs(tmp_path / "locale", target)
    assert b"Needs" in compiled.read_bytes()
    assert b"Vow" not in compiled.read_bytes()
    assert compile_catalogs(tmp_path / "locale", target) == []
    later = compiled.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_catalogs(tmp_path / "locale", target) == [compiled]


def test_command_says_what_is_missing(project, capsys):
    call_command("messages", project=project)
    with pytest.raises(CommandError, match=r"8 texts: run `manage.py messages`"):
        call_command("messages", "--check", project=project)
    assert "not translated: 'Peta'" in capsys.readouterr().out
    path = project / "locale/en/LC_MESSAGES/django.po"
    catalog = extraction.load(path, "en")
    for message in catalog:
        if message.id:
            message.string = ("x", "xs") if isinstance(message.id, tuple) else "x"
    write(path, catalog)
    call_command("messages", "--check", project=project)
    assert "Every text is translated." in capsys.readouterr().out


def test_translations_keep_placeholders_and_markup():
    """A name that is lost shows a hole in a page; one that is mistyped breaks it."""
    kept = re.compile(r"%\(\w+\)[^a-z]*[a-z]|%%|<[^>]+>")
    wrong = []
    for message in extraction.load(CHECKOUT / "locale/en/LC_MESSAGES/django.po", "en"):
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        written = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = [Counter(kept.findall(source)) for source in sources]
        wrong += [text for text in written if sources[0] and Counter(kept.findall(text)) not in wanted]
    assert wrong == []

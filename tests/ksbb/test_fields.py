"""Forms as people see them: label, hint, control, and the error beside it."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from ksbb.komponen.specimens import Sheet
from tests.html import flat


@pytest.fixture(autouse=True)
def indonesian():
    with override("id"):
        yield


def draw(source, **context):
    return flat(Template("{% load ksbb %}" + source).render(Context(context)))


def test_a_form_draws_every_field_with_its_label():
    drawn = flat(str(Sheet()))
    for field in Sheet():
        assert str(field.label) in drawn
    assert drawn.count('<fieldset class="field">') == 1
    assert drawn.count("boleh dikosongkan") == 2


def test_a_control_is_tied_to_hint_unit_and_error():
    drawn = draw("{% field form.quantity %}", form=Sheet({"quantity": "5.000"}))
    control = re.search(r"<input[^>]*>", drawn)[0]
    assert 'aria-describedby="id_quantity_error id_quantity_unit"' in control
    assert 'aria-invalid="true"' in control
    assert 'inputmode="numeric"' in control
    assert 'value="5.000"' in control
    assert '<span class="affix-unit" id="id_quantity_unit">paket</span>' in drawn
    assert '<div id="id_quantity_error"><p class="error">' in drawn


def test_a_hint_is_read_with_its_control():
    drawn = draw("{% field form.phone %}", form=Sheet())
    assert 'aria-describedby="id_phone_helptext"' in drawn
    assert 'id="id_phone_helptext">Boleh diawali 08 atau +62</span>' in drawn


def test_choices_are_labels_around_their_inputs():
    drawn = draw("{% field form.source %}", form=Sheet({}))
    assert drawn.count('<label class="choice"><input type="radio"') == 3
    assert 'aria-describedby="id_source_error"' in drawn
    assert "<legend>Sumber dana</legend>" in drawn


@pytest.mark.parametrize(
    ("name", "css"), [("program", "select"), ("note", "textarea"), ("day", "input"), ("letter", "input")]
)
def test_each_widget_has_its_style(name, css):
    assert f'class="{css}"' in draw("{% field bound %}", bound=Sheet()[name])


def test_a_summary_leads_to_the_fields():
    drawn = draw("{% form_errors form %}", form=Sheet({"quantity": "5000"}))
    assert '<a href="#id_quantity">Jumlah paket</a>' in drawn
    assert draw("{% form_errors form %}", form=Sheet()).strip() == ""


def test_an_error_of_the_whole_form_stands_above_it():
    form = Sheet({})
    form.add_error(None, "Kebutuhan ini baru saja penuh.")
    drawn = str(form)
    assert drawn.index("Kebutuhan ini baru saja penuh.") < drawn.index("Nomor telepon")


def test_what_was_typed_is_escaped_and_kept():
    drawn = str(Sheet({"note": '<script>"'}))
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_hidden_field_is_only_itself():
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert str(Hidden({"token": "a"})).strip() == '<input type="hidden" name="token" value="a" id="id_token">'

"""How forms draw themselves: `{{ form }}` and `{{ field.as_field_group }}` use our partials."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Widgets by Django's own templates, fields and forms by ours."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

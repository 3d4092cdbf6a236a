"""The tags and filters behind `{% load ksbb %}`; each draws partials of templates/components/."""

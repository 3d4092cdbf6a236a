"""Layers have another form now. Those of the old one go; they are drawn anew when the migrations are done."""

from django.db import migrations


def drop_layers(apps, schema_editor):
    apps.get_model("regions", "OutlineLayer").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("regions", "0003_centres_have_both_degrees")]
    operations = [migrations.RunPython(drop_layers, drop_layers)]

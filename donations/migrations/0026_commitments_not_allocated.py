from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("donations", "0025_who_judges_is_neither_reporter_nor_witness")]

    operations = [
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["region"],
                name="commitment_unallocated",
                condition=Q(
                    state__in=("accepted", "fulfilled", "closed_short"),
                    quantity__gt=F("cancelled") + F("reserved"),
                ),
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0023_one_measure_of_dark_photos"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="handoverphoto",
            index=models.Index(
                condition=models.Q(("original_sha256", ""), _negated=True),
                fields=["original_sha256"],
                name="handover_photo_original",
            ),
        ),
    ]

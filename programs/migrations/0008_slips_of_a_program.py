import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0007_reports_say_more"),
    ]

    operations = [
        migrations.AddField(
            model_name="program",
            name="slips",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Diundi dari keluarga yang dihitung laporannya; 0: hanya kalau asesor memintanya.",
                validators=[django.core.validators.MaxValueValidator(120)],
                verbose_name="slip konfirmasi penerima untuk setiap berita acara",
            ),
        ),
    ]

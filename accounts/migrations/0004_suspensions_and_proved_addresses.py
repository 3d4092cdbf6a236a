from django.db import migrations
from django.utils import timezone


def keep_suspensions(apps, schema_editor):
    """Times in which a permit was suspended, as its journal tells them."""
    permits = apps.get_model("accounts", "Permit")
    moves = apps.get_model("accounts", "PermitMove")
    suspensions = apps.get_model("accounts", "PermitSuspension")
    for permit in permits.objects.all():
        for move in moves.objects.filter(subject=permit).order_by("at", "id"):
            day = timezone.localtime(move.at).date()
            if move.verb == "suspend":
                suspensions.objects.create(permit=permit, starts=day, reason=move.reason)
            elif move.verb == "reinstate":
                suspensions.objects.filter(permit=permit, ends=None).update(ends=day)


def prove_addresses(apps, schema_editor):
    """Whoever was made by command, with an address that somebody in charge had typed, keeps signing in by it."""
    users = apps.get_model("accounts", "User")
    addresses = apps.get_model("account", "EmailAddress")
    known = addresses.objects.values("user_id")
    for user in users.objects.exclude(email=None).exclude(pk__in=known):
        if not addresses.objects.filter(email=user.email, verified=True).exists():
            addresses.objects.create(user=user, email=user.email, verified=True, primary=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_confirmed_agencies_kept_people_and_suspensions"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunPython(keep_suspensions, migrations.RunPython.noop),
        migrations.RunPython(prove_addresses, migrations.RunPython.noop),
    ]

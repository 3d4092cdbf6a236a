from typing import Any

from django.core.management import BaseCommand, CommandError

from donations.ledger import faults


class Command(BaseCommand):
    help = "Check that journal, states and counters agree, and that no row was changed outside a verb."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults())
        if found:
            raise CommandError(
                "\n".join([f"{len(found)} catatan tidak cocok / records do not agree:", *found])
            )
        self.stdout.write("Jurnal, keadaan, dan jumlah cocok. / Journal, states and sums agree.")

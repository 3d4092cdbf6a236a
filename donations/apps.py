from django.apps import AppConfig


class DonationsConfig(AppConfig):
    name = "donations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Who is told of which verb registers by being imported.
        import donations.assets.notices
        import donations.confirmations.notices
        import donations.deliveries.notices
        import donations.handovers.notices
        import donations.messages.notices
        import donations.misconduct.notices
        import donations.pledges.notices
        import donations.pledges.notices_changes
        import donations.pledges.notices_repeats
        import donations.proofs.notices  # noqa: F401
        from accounts import personal
        from accounts.actions.sites import when_moved
        from donations.assets import listening as assets
        from donations.confirmations.queries.reading import confirmed_by
        from donations.confirmations.queries.results import note_contradiction
        from donations.confirmations.showing import shown
        from donations.confirmations.wording import NOT_SUBMIT, NOT_VERIFY
        from donations.following import follow_site
        from donations.handovers.beside import (
            bars_from,
            before_verifying,
            when_shown,
            when_verified,
        )
        from donations.keeping import forget_giver, open_commitments
        from donations.messages.queries import unread
        from donations.pledges.unread import when_listed
        from donations.statistics.tasks import recompute_soon
        from regions.actions.marks import when_stale

        when_moved(follow_site)
        when_listed(unread)
        when_verified(assets.register_verified)
        personal.when_asked_for(open_commitments)
        personal.when_erased(forget_giver)
        when_stale(recompute_soon)
        when_shown(shown)
        when_shown(assets.shown)
        before_verifying(note_contradiction)
        bars_from("verify", confirmed_by, NOT_VERIFY)
        bars_from("submit", confirmed_by, NOT_SUBMIT)

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Who is told of which verb registers by being imported.
        import programs.adjustments.notices
        import programs.notices
        import programs.proposals.notices  # noqa: F401
        from accounts import personal
        from accounts import programs as names
        from accounts.actions.sites import when_moved
        from programs.actions.needs import follow_site
        from programs.keeping import forget_author
        from programs.queries.titles import titles

        names.say(titles)
        when_moved(follow_site)
        personal.when_erased(forget_author)

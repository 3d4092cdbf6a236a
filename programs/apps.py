from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import programs
        from accounts.actions.sites import when_moved
        from programs.actions.needs import follow_site
        from programs.queries.titles import titles

        programs.say(titles)
        when_moved(follow_site)

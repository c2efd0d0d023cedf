from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        """Follow the money."""
        from motcua.dossiers import receivers  # noqa: F401

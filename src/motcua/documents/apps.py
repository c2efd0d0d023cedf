from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "motcua.documents"
    label = "documents"

    def ready(self) -> None:
        """Register the start-up checks."""
        from motcua.documents import checks  # noqa: F401

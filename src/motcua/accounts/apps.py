from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "motcua.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to what people write by Zalo."""
        from motcua.accounts import receivers  # noqa: F401

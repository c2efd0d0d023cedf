"""What django-allauth asks of us about authenticators."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from motcua.accounts.models import User


class AuthenticatorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator secrets are encrypted in the database: a stolen copy of it makes no codes."""

    def encrypt(self, text: str) -> str:
        """With a key made from the portal's own."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Also what was written under an earlier key of the portal.

        Raises:
            cryptography.fernet.InvalidToken: under none of them.
        """
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        """The name beside the code in the officer's app."""
        return user.handle

    def get_totp_issuer(self) -> str:
        """The portal's name there."""
        return "Một Cửa"


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(key))) for key in keys])


def _key(secret: str | bytes) -> bytes:
    return salted_hmac("motcua.accounts.authenticators", "key", secret=secret, algorithm="sha256").digest()

"""What django-allauth asks of us about authenticators."""

from allauth.mfa.adapter import DefaultMFAAdapter

from motcua.accounts.models import User
from motcua.core.sealing import seal, unseal

PURPOSE = "accounts.authenticators"


class AuthenticatorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator secrets are encrypted in the database: a stolen copy of it makes no codes."""

    def encrypt(self, text: str) -> str:
        """With a key made from the portal's own."""
        return seal(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Also what was written under an earlier key of the portal.

        Raises:
            ValueError: under none of them. An empty secret would be one that anybody can make codes with.
        """
        if secret := unseal(encrypted_text, PURPOSE):
            return secret
        raise ValueError("No key of the portal opens this secret.")

    def get_totp_label(self, user: User) -> str:
        """The name beside the code in the officer's app."""
        return user.handle

    def get_totp_issuer(self) -> str:
        """The portal's name there."""
        return "Một Cửa"

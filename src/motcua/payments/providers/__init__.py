"""The ways to other houses that take money. Only this room's services come here."""

from motcua.payments.providers.base import ProviderError

__all__ = ["ProviderError"]

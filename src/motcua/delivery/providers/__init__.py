"""The way to the public post. Only this room's services come here."""

from motcua.delivery.providers.base import PostRefused, PostUnavailable

__all__ = ["PostRefused", "PostUnavailable"]

"""Who may log in with what."""

from django.contrib.auth.backends import ModelBackend


class NumberBackend(ModelBackend):
    """Citizens by personal number, officers by handle."""

"""What is kept of logins: that one took place or was refused, never what was typed."""

from importlib import import_module

from django.conf import settings

from motcua.accounts.models import User
from motcua.audit.services import record


def record_login(user: User, way: str = "") -> None:
    """Somebody came in.

    Args:
        way: "national" through the National portal, empty by a password of ours.
    """
    data = {"way": way} if way else {}
    record("account.logged_in", subject_kind="account", subject_ref=str(user.pk), actor=user, **data)


def record_logout(user: User) -> None:
    """Somebody left."""
    record("account.logged_out", subject_kind="account", subject_ref=str(user.pk), actor=user)


def record_refusal(user: User | None, reason: str) -> None:
    """Somebody was refused; written for unknown names too, so that the time taken tells nothing.

    Args:
        user: whose account was tried, None if there is none.
        reason: "password", "code", "authenticator", "national".
    """
    ref = str(user.pk) if user else "?"
    record("account.login_refused", subject_kind="account", subject_ref=ref, actor=None, reason=reason)


def clear_sessions() -> None:
    """Delete the sessions that have ended, with all that was typed into them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()

"""Who may log in with what: citizens with their personal number, officers with their handle."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from motcua.accounts.models import User
from motcua.accounts.passwords import MOST, normalise
from motcua.core.identity import normalise_number


class NumberBackend(BaseBackend):
    """The first of the two things to prove: the password. The second, a code, is the flows' matter."""

    def authenticate(
        self,
        request: HttpRequest | None,
        *,
        number: str | None = None,
        handle: str | None = None,
        password: str | None = None,
        **other: Any,
    ) -> User | None:
        """The account, if the password is right; a citizen by number or an officer by handle, never across.

        An unknown name costs as much time as a wrong password, so that the clock tells nobody who has an account.
        """
        if password is None or len(password) > MOST or (number is None) == (handle is None):
            return None
        user = self._find(number, handle)
        if user is None:
            make_password(normalise(password))
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """Whose session it is; None once the account is closed."""
        return User.objects.filter(pk=user_id, is_active=True).first()

    def _find(self, number: str | None, handle: str | None) -> User | None:
        if number is not None:
            return User.objects.filter(kind=User.Kind.CITIZEN, personal_number=normalise_number(number)).first()
        assert handle is not None
        return User.objects.filter(kind=User.Kind.OFFICER, handle=handle.strip().lower()[:60]).first()

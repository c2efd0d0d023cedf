"""Secrets of authenticators at rest."""

from typing import Any

import pytest
from allauth.mfa.utils import decrypt, encrypt

SECRET = "JBSWY3DPEHPK3PXP"


def test_a_secret_is_read_again_also_after_the_portals_key_has_changed(settings: Any) -> None:
    kept = encrypt(SECRET)
    assert SECRET not in kept
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert decrypt(kept) == SECRET


def test_a_secret_that_no_key_opens_is_never_an_empty_one(settings: Any) -> None:
    kept = encrypt(SECRET)
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(ValueError, match="No key"):
        decrypt(kept)

"""Who uploads in these tests."""

import datetime

import pytest

from motcua.accounts.models import User


@pytest.fixture
def an(db: None) -> User:
    """A citizen."""
    return User.objects.create(
        full_name="Nguyễn Văn An", personal_number="001090000017", birth_date=datetime.date(1990, 5, 2), sex="nam"
    )

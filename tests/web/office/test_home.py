"""Who looks after the portal, and who doesn't."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import chi, quan

pytestmark = pytest.mark.django_db


def test_an_administrator_comes_in(client: Client) -> None:
    client.force_login(quan())
    assert "Quản trị" in client.get("/can-bo/quan-tri/").content.decode()


def test_other_officers_do_not(client: Client) -> None:
    client.force_login(chi())
    assert client.get("/can-bo/quan-tri/").status_code == 403


def test_whose_post_has_ended_does_not(client: Client) -> None:
    former = quan()
    former.posts.update(until=timezone.localdate() - timedelta(days=1))
    client.force_login(former)
    assert client.get("/can-bo/quan-tri/").status_code == 403

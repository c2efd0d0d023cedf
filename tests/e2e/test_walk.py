"""The whole walk: a birth is registered, from the home page to the certificate, from both sides."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import acting
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e


def test_a_newcomer_registers_and_hands_in_a_birth(visitor: Page, portal: Portal) -> None:
    who = acting.Newcomer()
    acting.register(visitor, portal, who)
    ref = acting.hand_in(visitor, copies=2)
    expect(visitor.get_by_text(ref).first).to_be_visible()
    assert re.search(ref, portal.message_to(who.phone, ref))

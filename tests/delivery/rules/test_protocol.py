"""The post's notices are read strictly: what doesn't fit is refused, nothing is guessed."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.delivery.rules import protocol
from motcua.delivery.rules.states import Failure, Step

WORD = {"OrderNumber": "BG7K3F92XA", "ItemCode": "RM000000001VN", "Sequence": 3, "StatusCode": "61",
        "Time": "2026-11-25T09:12:00+07:00", "Place": "Bưu cục Hoa Sen", "ReasonCode": "1",
        "NextTry": "2026-11-26"}  # fmt: skip


def read(**changed: Any) -> protocol.Told:
    return protocol.read(json.dumps(WORD | changed).encode())


def test_a_notice_says_which_parcel_what_when_and_why() -> None:
    told = read()
    assert (told.order_number, told.item_code) == ("BG7K3F92XA", "RM000000001VN")
    assert told.word.step == Step.FAILED
    assert told.word.failure == Failure.ABSENT
    assert told.word.next_on == date(2026, 11, 26)
    assert told.word.at == datetime(2026, 11, 25, 2, 12, tzinfo=UTC)
    assert told.word.place == "Bưu cục Hoa Sen"
    assert told.word.fee_collected is None


def test_money_papers_and_who_signed() -> None:
    word = read(
        StatusCode="60", CODCollected=150_000, PostageCollected=20_000, ReceivedBy="  Nguyễn  Thị An ",
        Papers=["chung-sinh"], ReturnItemCode="rm 0000 00002 vn",
    ).word  # fmt: skip
    assert (word.fee_collected, word.postage_collected) == (150_000, 20_000)
    assert word.received_by == "Nguyễn Thị An"
    assert (word.papers, word.back_item_code) == (["chung-sinh"], "RM000000002VN")
    assert word.failure is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"StatusCode": "77"},
        {"StatusCode": None},
        {"Sequence": 0},
        {"Sequence": "3"},
        {"Sequence": True},
        {"Sequence": 2**31},
        {"Time": "2026-11-25T09:12:00"},  # of no zone
        {"Time": "hôm qua"},
        {"Time": "0001-01-01T00:00:00+07:00"},
        {"NextTry": "mai"},
        {"CODCollected": "150000"},
        {"CODCollected": -1},
        {"CODCollected": 1.5},
        {"PostageCollected": 10**12},
        {"Papers": "chung-sinh"},
        {"OrderNumber": "", "ItemCode": ""},
        {"OrderNumber": None, "ItemCode": "x"},
    ],
)
def test_what_does_not_fit_is_not_read(wrong: dict[str, Any]) -> None:
    with pytest.raises(protocol.Unreadable):
        read(**wrong)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_object_is_not_read(body: bytes) -> None:
    with pytest.raises(protocol.Unreadable):
        protocol.read(body)


def test_long_and_invisible_words_are_cut_and_cleaned() -> None:
    word = read(Reason="x" * 5000, Place="Bưu\u200b cục\x00").word
    assert len(word.words) == 300
    assert word.place == "Bưu cục"


@given(st.dictionaries(st.sampled_from([*WORD, "Papers", "CODCollected"]), st.none() | st.text() | st.integers()))
def test_whatever_comes_is_read_or_refused(fields: dict[str, Any]) -> None:
    try:
        protocol.read(json.dumps(fields).encode())
    except protocol.Unreadable:
        pass


def test_a_signature_holds_for_one_body_and_one_secret() -> None:
    signature = protocol.sign(b"{}", "s" * 16)
    assert protocol.is_signed(b"{}", signature.upper(), "s" * 16)
    assert not protocol.is_signed(b"{ }", signature, "s" * 16)
    assert not protocol.is_signed(b"{}", signature, "t" * 16)
    assert not protocol.is_signed(b"{}", protocol.sign(b"{}", ""), "")
    assert not protocol.is_signed(b"{}", "ữ", "s" * 16)

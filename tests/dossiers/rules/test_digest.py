"""The number by which a person stands for exactly what they hand in."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from motcua.dossiers.rules.digest import HandedIn, canonical, digest_of, spoken

FACTS = HandedIn(
    ref="NH-7K3F-92XA",
    versions={"agency": "H98.21", "procedure": "1.001612/1", "offering": 1, "form": "ho-kinh-doanh/1"},
    applicant={"full_name": "Nguyễn Thị An", "email": ""},
    owner={"full_name": "Nguyễn Thị An"},
    answers={"name": "Hộ kinh doanh Sen", "lines": [{"code": "5610", "main": True}]},
    delivery={"hand_in": "truc-tuyen", "receive": ["truc-tuyen"], "pay": "chuyen-khoan"},
    files=[("hop-dong", "a" * 64)],
)


def test_is_the_hash_of_one_text_that_anybody_can_make_again() -> None:
    text = (
        '{"answers":{"lines":[{"code":"5610","main":true}],"name":"Hộ kinh doanh Sen"},'
        '"applicant":{"full_name":"Nguyễn Thị An"},"delivery":{"hand_in":"truc-tuyen","receive":["truc-tuyen"]},'
        f'"files":[["hop-dong","{"a" * 64}"]],"format":1,"owner":{{"full_name":"Nguyễn Thị An"}},'
        '"ref":"NH-7K3F-92XA","statement":"Tôi xin chịu trách nhiệm trước pháp luật về lời khai trên.",'
        '"versions":{"agency":"H98.21","form":"ho-kinh-doanh/1","offering":1,"procedure":"1.001612/1"}}'
    )
    assert canonical(FACTS).decode() == text
    assert digest_of(FACTS) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"ref": "NH-7K3F-92XB"},
        {"versions": {**FACTS.versions, "form": "ho-kinh-doanh/2"}},
        {"applicant": {"full_name": "Nguyễn Thị Ấn"}},
        {"owner": {"full_name": "Lê Văn Bình"}},
        {"answers": {**FACTS.answers, "lines": [{"code": "5610", "main": False}]}},
        {"answers": {**FACTS.answers, "copies": 0}},
        {"delivery": {**FACTS.delivery, "receive": ["tai-quay"]}},
        {"files": [("hop-dong", "b" * 64)]},
        {"files": [("chung-sinh", "a" * 64)]},
        {"files": [*FACTS.files, ("hop-dong", "b" * 64)]},
        {"files": []},
    ],
)
def test_any_change_gives_another(change: dict[str, Any]) -> None:
    assert digest_of(replace(FACTS, **change)) != digest_of(FACTS)


@pytest.mark.parametrize(
    "change",
    [
        {"applicant": {"email": None, "full_name": "Nguyễn Thị An", "phone": ""}},
        {"answers": {**FACTS.answers, "note": "", "members": [], "seat": {"detail": ""}}},
        {"delivery": {**FACTS.delivery, "pay": "tai-quay", "copies": 3}},
    ],
)
def test_blanks_order_and_the_way_of_paying_do_not_matter(change: dict[str, Any]) -> None:
    assert digest_of(replace(FACTS, **change)) == digest_of(FACTS)


def test_is_spoken_in_groups() -> None:
    assert spoken("0123456789abcdef") == "01234567 89abcdef"

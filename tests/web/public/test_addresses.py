"""Addresses that leave the portal: none but the state's own."""

import pytest

from motcua.web.public.addresses import official_url


@pytest.mark.parametrize(
    "url",
    [
        "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc.html?ma_thu_tuc=1.001193",
        "https://thutuc.dichvucong.gov.vn",
        "https://csdl.dichvucong.gov.vn:443/web/#/a",
    ],
)
def test_an_address_of_the_state_is_one(url: str) -> None:
    assert official_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)//.gov.vn",
        "http://dichvucong.gov.vn/",
        "//dichvucong.gov.vn/",
        "https://gov.vn.example/",
        "https://xgov.vn/",
        "https://example.com/.gov.vn",
        "https://example.com?.gov.vn",
        "https://example.com#.gov.vn",
        "https://example.com\\.gov.vn/",
        "https://example.com\\@dichvucong.gov.vn/",
        "https://dichvucong.gov.vn@example.com/",
        "https://ai-do:mat-khau@dichvucong.gov.vn/",
        "https://[dichvucong.gov.vn",
        "https://dichvucong.gov.vn:x/",
        "https://dichvucong.gov.vn/\\..",
        "https://dichvucong.gov.vn/ x",
        "https://dichvucong.gov.vn/\nx",
        "https://dichvucong.gov.vn/\u202e",
        'https://dichvucong.gov.vn/"onclick=',
    ],
)
def test_any_other_is_left_out(url: str) -> None:
    assert official_url(url) == ""

"""Which language a page speaks, and how it is chosen."""

import pytest
from django.test import Client
from django.utils.translation import get_language

pytestmark = pytest.mark.django_db


def test_vietnamese_is_spoken_unless_english_was_chosen(client: Client) -> None:
    assert '<html lang="vi"' in client.get("/", headers={"Accept-Language": "en"}).text
    client.get("/ngon-ngu/?chon=en")
    answer = client.get("/", headers={"Accept-Language": "vi"})
    assert '<html lang="en"' in answer.text
    assert answer["Content-Language"] == "en"
    client.get("/ngon-ngu/?chon=vi")
    assert '<html lang="vi"' in client.get("/").text


def test_the_link_leads_back_to_the_page_it_was_on(client: Client) -> None:
    answer = client.get("/ngon-ngu/?chon=en", headers={"Referer": "http://testserver/thu-tuc/?q=khai+sinh"})
    assert (answer.status_code, answer["Location"]) == (302, "/thu-tuc/?q=khai+sinh")
    assert client.get("/ngon-ngu/", headers={"Referer": "https://elsewhere.example/x"})["Location"] == "/"


def test_each_page_offers_the_other_language_in_its_own_words(client: Client) -> None:
    assert 'lang="en" hreflang="en">English</a>' in client.get("/").text
    client.cookies["mc_ngon_ngu"] = "en"
    assert 'lang="vi" hreflang="vi">Tiếng Việt</a>' in client.get("/").text


def test_officers_pages_are_vietnamese(client: Client) -> None:
    client.cookies["mc_ngon_ngu"] = "en"
    answer = client.get("/can-bo/dang-nhap/")
    assert '<html lang="vi"' in answer.text
    assert answer["Content-Language"] == "vi"


def test_refusals_speak_the_language_of_the_page(client: Client) -> None:
    client.cookies["mc_ngon_ngu"] = "en"
    answer = client.get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert '<html lang="en"' in answer.text


def test_one_page_s_language_does_not_stay_for_the_next(client: Client) -> None:
    client.cookies["mc_ngon_ngu"] = "en"
    client.get("/")
    assert get_language() == "vi"


def test_other_choices_mean_vietnamese(client: Client) -> None:
    client.cookies["mc_ngon_ngu"] = "fr"
    assert '<html lang="vi"' in client.get("/").text


def test_caches_keep_the_languages_apart(client: Client) -> None:
    plain = client.get("/")
    client.cookies["mc_ngon_ngu"] = "en"
    english = client.get("/", headers={"If-None-Match": plain["ETag"]})
    assert english.status_code == 200
    assert "Cookie" in english["Vary"]

"""Small requests that would cost much."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.config.logs import masked
from motcua.documents.rules import UploadRefused
from tests.cast import an
from tests.factories import a_procedure_version
from tests.security.conftest import Things, browser

LONG_WORDS = ("a", "a.", "a@", "1", "0 ", "x@a.", "+84", "LINE 1", "Failing row contains (")


@pytest.mark.parametrize("word", LONG_WORDS)
def test_a_long_address_costs_the_log_no_time(word: str) -> None:
    text = word * (60_000 // len(word))
    began = time.thread_time()
    masked(f"Not Found: /{text}")
    assert time.thread_time() - began < 0.3


@pytest.mark.django_db
def test_a_thousand_filters_cost_no_time(client: Client) -> None:
    a_procedure_version()
    client.get("/thu-tuc/")
    asked = "&".join(f"cap={number}" for number in range(3900))
    began = time.thread_time()
    answer = client.get(f"/thu-tuc/?{asked}")
    assert time.thread_time() - began < 1
    assert answer.status_code == 200
    assert len(answer.content) < 200_000


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a" * 10_000, "abc " * 3000, "ệ" * 10_000, "1.0" * 3000])
def test_a_long_question_costs_no_time(client: Client, text: str) -> None:
    a_procedure_version()
    client.get("/thu-tuc/", {"q": "khai sinh"})  # the first question of a process reads all word lists
    began = time.thread_time()
    assert client.get("/thu-tuc/", {"q": text}).status_code == 200
    assert time.thread_time() - began < 0.5


def test_a_draft_doesn_t_grow_without_end(draft: Things) -> None:
    """Two megabytes in a name, on every page: what nobody types isn't kept."""
    visitor, url = browser(an()), f"/nop/{draft.dossier.ref}/to-khai/tre-em/"
    for name in ("child_name", "mother_name", "copies", "birth_date__day"):
        visitor.post(url, {name: "x" * 1_900_000})
    draft.dossier.refresh_from_db()
    assert len(str(draft.dossier.answers)) < 200_000


def test_files_that_keep_us_busy_are_not_looked_at_for_ever(draft: Things, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF may take the helper its 20 seconds; twenty in one post, again and again, would stop the portal."""
    looked: list[str] = []

    def too_hard(dossier: object, key: str, file: object, *, by: object) -> None:
        looked.append(key)
        raise UploadRefused("too_hard", "Hệ thống không đọc nổi tệp này.")

    monkeypatch.setattr("motcua.dossiers.services.drafts.attach", too_hard)
    visitor, url = browser(an()), f"/nop/{draft.dossier.ref}/giay-to/"
    for _ in range(2):
        files = [SimpleUploadedFile(f"{number}.pdf", b"%PDF") for number in range(8)]
        answer = visitor.post(url, {"act": "tai", "tep-chung-sinh": files})
        assert answer.status_code == 422
    assert len(looked) == 5
    assert "Xin thử lại sau một giờ" in answer.content.decode()


def test_more_files_than_a_form_has_are_not_read(draft: Things) -> None:
    files = [SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(31)]
    answer = browser(an()).post(f"/nop/{draft.dossier.ref}/giay-to/", {"tep-chung-sinh": files})
    assert answer.status_code == 413

"""Guides say what stands on the screens, in both languages, and there is one for each published guide."""

import pytest
from django.test import Client
from PIL import Image

from motcua.content.guides import Guide, guides, pictures
from tests.e2e.camera import FOLDER, masked

pytestmark = pytest.mark.django_db

ALL = guides()
STEPS = [pytest.param(one, number, id=f"{one.slug}-{number}") for one in ALL for number in range(len(one.steps))]
MOST_BYTES = 70_000  # of a picture, a desk's whole screen; pages load those that are looked at


@pytest.mark.parametrize(("guide", "number"), STEPS)
def test_what_a_step_quotes_stands_on_its_picture(guide: Guide, number: int) -> None:
    step = guide.steps[number]
    if not step.labels:
        return
    words = pictures()[step.picture].words
    for label in step.labels:
        assert masked(label) in words, f"“{label}” isn't on {step.picture}"


@pytest.mark.parametrize(("guide", "number"), STEPS)
def test_both_languages_say_the_same_labels(guide: Guide, number: int) -> None:
    step = guide.steps[number]
    assert all(f"“{label}”" in step.text.en for label in step.labels)
    assert step.title.en != step.title.vi


def test_each_published_guide_has_its_counterpart() -> None:
    assert {source for one in ALL for source in one.sources} == {"S0", "S1", "S2", "S3", "S4"}


def test_every_picture_is_there_light_and_used() -> None:
    used = {step.picture for one in ALL for step in one.steps if step.picture}
    files = {path.stem: path for path in FOLDER.glob("*.webp")}
    assert used == set(files) == set(pictures())
    for name, path in files.items():
        assert path.stat().st_size <= MOST_BYTES, name
        assert Image.open(path).size == (pictures()[name].width, pictures()[name].height)


@pytest.mark.parametrize("guide", ALL, ids=lambda guide: guide.slug)
def test_the_page_shows_every_step(client: Client, guide: Guide) -> None:
    page = client.get(f"/huong-dan/{guide.slug}/").content.decode()
    assert page.count("mc-guide__step") == len(guide.steps)
    assert f"/huong-dan/{guide.slug}/" in client.get("/huong-dan/").content.decode()
    assert "data-print" in page  # it is handed out, too


def test_an_unknown_guide_is_not_there(client: Client) -> None:
    assert client.get("/huong-dan/khong-co/").status_code == 404

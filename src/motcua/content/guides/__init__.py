"""Guide pages (hướng dẫn): what a person does, step by step, each step with a picture of the real screen.

A guide is a file here. Its pictures are taken by `make guides`, which walks the portal; `pictures.json` keeps the words
that stood on each screen, so that a test says which picture is no longer true. Words in “…” in a step are on its
picture, letter by letter: the same test asks.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
PICTURES = HERE / "pictures.json"
QUOTED = re.compile(r"“([^”]+)”")
Audience = Literal["citizen", "officer"]


@dataclass(frozen=True)
class Words:
    """A text in both languages of the screens."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """The English text on an English page, else the Vietnamese one."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class Picture:
    """A screen as it was when the picture was taken; width and height in CSS pixels."""

    name: str
    width: int
    height: int
    words: str  # what stood on it, numbers and dates left out (see tests/e2e/camera.py)

    @property
    def file(self) -> str:
        """Where it lies among the static files."""
        return f"guides/{self.name}.webp"


@dataclass(frozen=True)
class Step:
    """One thing to do. The picture shows where; `link` leads there, if anybody may go there at once."""

    title: Words
    text: Words
    picture: str = ""
    link: str = ""

    @property
    def labels(self) -> list[str]:
        """What the step says stands on the screen."""
        return QUOTED.findall(self.text.vi)


@dataclass(frozen=True)
class Guide:
    """One way through the portal, from the first page to what comes of it."""

    slug: str
    title: Words
    lead: Words
    audience: Audience
    position: int
    sources: tuple[str, ...]  # the published guides whose counterpart it is (docs/journeys.md): "S0"
    steps: tuple[Step, ...]


@cache
def guides() -> tuple[Guide, ...]:
    """All guides, people's first, each in its order."""
    found = (_guide(json.loads(path.read_text())) for path in HERE.glob("*.json") if path != PICTURES)
    return tuple(sorted(found, key=lambda guide: (guide.audience, guide.position)))


def guide(slug: str) -> Guide | None:
    """A guide by its name in our addresses."""
    return next((one for one in guides() if one.slug == slug), None)


@cache
def pictures() -> Mapping[str, Picture]:
    """All pictures by name."""
    kept = json.loads(PICTURES.read_text()) if PICTURES.exists() else {}
    return {name: Picture(name, **said) for name, said in kept.items()}


def _guide(said: dict[str, Any]) -> Guide:
    steps = tuple(_step(one) for one in said["steps"])
    return Guide(
        slug=said["slug"], title=Words(**said["title"]), lead=Words(**said["lead"]), audience=said["audience"],
        position=said["position"], sources=tuple(said["sources"]), steps=steps,
    )  # fmt: skip


def _step(said: dict[str, Any]) -> Step:
    return Step(Words(**said["title"]), Words(**said["text"]), said.get("picture", ""), said.get("link", ""))

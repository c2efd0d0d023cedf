"""Takes the guides' pictures while somebody walks, or says that a picture is no longer true.

`make guides` sets GUIDES=draw: pictures and words are written. Without it the screen's own words (headings, buttons,
labels, and what the guide's steps quote) are compared with those kept beside the pictures. Not compared is what changes
with the hour or with what else was handed in: sentences, lists, dates, numbers.
"""

import io
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Locator, Page

from motcua.content.guides import PICTURES, guides

FOLDER = Path(__file__).resolve().parents[2] / "src/motcua/web/public/static/guides"
DRAWS = os.environ.get("GUIDES") == "draw"
QUALITY, QUALITY_WIDE = 60, 40  # of WebP; a desk's screen is large, and its words are read in the step
NARROW = 600  # CSS pixels
SAME = 2.0  # mean difference, of 255, below which a picture isn't written anew
CHANGING = (
    (re.compile(r"\b(NH|KN)-[0-9A-Z]{4}-[0-9A-Z]{4}\b"), "NH-0"),
    (re.compile(r"\b[A-Z]\d+(\.\d+)+-\d{6}-\d{4}\b"), "H0"),
    (re.compile(r"(thứ (Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ nhật|chủ nhật|hôm nay|ngày mai)\b"), "ngày"),
    (re.compile(r"\d+"), "0"),
    (re.compile(r"\b0([.,:/ ]0)+\b"), "0"),
    (re.compile(r"\s+"), " "),
)
OWN = "h1, h2, h3, legend, label, button, [role=button], thead th"
MARK = "e => { e.style.outline = '3px solid #971B1E'; e.style.outlineOffset = '4px'; e.style.borderRadius = '4px'; }"
UNMARK = "e => { e.style.outline = ''; e.style.outlineOffset = ''; e.style.borderRadius = ''; }"


@dataclass
class Camera:
    """One walk's camera; `outdated` are the pictures whose screens say something else now."""

    kept: dict[str, Any] = field(default_factory=lambda: json.loads(PICTURES.read_text()) if PICTURES.exists() else {})
    outdated: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def take(self, page: Page, name: str, *, at: Locator | None = None, own: str = OWN) -> None:
        """A picture of what can be seen now; `at` is marked, and scrolled to.

        Args:
            name: of the picture, as steps of guides call it.
            at: what to press or to fill in.
            own: what of the screen is its own; less on a page that lists what was handed in.
        """
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        words = seen(page, name, own)
        self.taken.add(name)
        if not DRAWS:
            kept = self.kept.get(name, {}).get("words", "")
            if kept != words:
                self.outdated.append(f"{name} ({_differing(kept, words)})")
            return
        if at is not None:
            at.evaluate(MARK)
        if at is not None and _is_narrow(page):
            at.evaluate("e => e.scrollIntoView({block: 'center'})")
        else:  # on a desk's screen the acts stay in sight
            page.evaluate("scrollTo(0, 0)")
        page.locator(".mc-strip").evaluate_all("strips => strips.forEach(e => e.hidden = true)")  # only samples have it
        drawn = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        if at is not None:
            at.evaluate(UNMARK)
        self._keep(name, drawn, words)

    def _keep(self, name: str, drawn: Image.Image, words: str) -> None:
        path = FOLDER / f"{name}.webp"
        if not (path.exists() and _looks_the_same(path, drawn)):
            path.parent.mkdir(parents=True, exist_ok=True)
            drawn.save(path, "WEBP", quality=QUALITY if drawn.width < NARROW else QUALITY_WIDE, method=6)
            print(f"  drawn: {name}.webp, {path.stat().st_size // 1024} KB")  # noqa: T201 (what `make guides` reports)
        self.kept[name] = {"width": drawn.width, "height": drawn.height, "words": words}
        PICTURES.write_text(json.dumps(dict(sorted(self.kept.items())), ensure_ascii=False, indent=1) + "\n")


def seen(page: Page, name: str, own: str = OWN) -> str:
    """The words on the page that are the screen's own, each once, and those of the guides' quotes that are there."""
    main = page.locator("main")
    said = dict.fromkeys(masked(text) for text in main.locator(own).locator("visible=true").all_inner_texts())
    whole = masked(main.inner_text())
    steps = (step for guide in guides() for step in guide.steps if step.picture == name)
    quoted = [label for step in steps for label in map(masked, step.labels) if label in whole]
    return " | ".join(dict.fromkeys([*filter(None, said), *quoted]))


def masked(text: str) -> str:
    """Without what changes from day to day."""
    for pattern, instead in CHANGING:
        text = pattern.sub(instead, text)
    return text.strip()


def _differing(kept: str, words: str) -> str:
    before, now = set(kept.split(" | ")), set(words.split(" | "))
    return f"gone: {sorted(before - now)}, new: {sorted(now - before)}"


def _is_narrow(page: Page) -> bool:
    size = page.viewport_size
    return size is not None and size["width"] < NARROW


def _looks_the_same(path: Path, drawn: Image.Image) -> bool:
    before = Image.open(path).convert("RGB")
    if before.size != drawn.size:
        return False
    difference = ImageStat.Stat(ImageChops.difference(before, drawn)).mean
    return max(difference) < SAME

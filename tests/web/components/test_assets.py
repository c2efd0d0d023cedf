"""What is built, and that templates only name what there is."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tools import assets

from motcua.web.components import mau

PROJECT = Path(__file__).resolve().parents[3]
SRC = PROJECT / "src/motcua"
TEMPLATES = sorted(SRC.rglob("*.html"))
ICONS = {path.stem for path in (PROJECT / "assets/icons").glob("*.svg")}


def test_the_lock_names_no_addresses() -> None:
    text = (PROJECT / "package-lock.json").read_text()
    assert "resolved" not in text
    assert "://" not in re.sub(r'"(url|funding)": "[^"]*"', "", text)


def test_versions_are_pinned() -> None:
    wanted = json.loads((PROJECT / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def test_a_stylesheet_is_squeezed_but_not_changed() -> None:
    css = """/* don't say "this" */ .a::before , .b > c {
      content: "  ; ";
      margin: calc(1rem + 2px) 0;
    }
    @media (min-width: 40em) { .a { top: 0; } }"""
    assert assets.squeeze(css) == (
        '.a::before,.b>c{content:"  ; ";margin:calc(1rem + 2px) 0}@media (min-width:40em){.a{top:0}}\n'
    )


def test_a_second_build_does_nothing() -> None:
    assets.build()
    assert assets.build() is False


def test_without_node_the_word_is_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets.shutil, "which", lambda _: None)
    monkeypatch.setattr(assets, "find_spec", lambda _: None)
    with pytest.raises(assets.AssetsError, match="Node 20 or newer was not found"):
        assets.find_node()


def test_a_broken_source_names_itself_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons/odd.svg").write_text("<b>")
    monkeypatch.setattr(assets, "SOURCE", tmp_path)
    with pytest.raises(assets.AssetsError, match=r"assets/icons/odd.svg is not one plain <svg>"):
        assets._pictures(tmp_path)


def test_the_pdf_face_has_every_letter_of_vietnamese() -> None:
    from fontTools.ttLib import TTFont

    letters = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA)) + "–“”₫"
    for style in assets.PDF_FACES:
        known: dict[int, Any] = TTFont(PROJECT / f"build/fonts/Tinos-{style}.ttf").getBestCmap()
        assert [letter for letter in letters if ord(letter) not in known] == []


def test_every_icon_is_shown_on_the_components_page() -> None:
    assert set(mau.ICONS) == ICONS


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_template_names_only_icons_and_classes_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = re.findall(r'{% (?:icon|tag) "([a-z-]+)"|{% chip "[a-z]+" "([a-z-]+)"|\bicon(?:_name)?="([a-z-]+)"', text)
    assert {name for names in named for name in names if name} <= ICONS
    sheet = "".join(css.read_text() for css in (PROJECT / "assets/look.css", *SRC.rglob("static/**/*.css")))
    classes = {
        name for words in re.findall(r'class="([^"]*)"', text) for name in re.findall(r"\bmc-[\w-]+(?![\w{-])", words)
    }
    complete = {name for name in classes if not name.endswith("-")}
    assert {name for name in complete if not re.search(rf"\.{re.escape(name)}(?![\w-])", sheet)} <= HOOKS


# Names that only give a test or a script something to hold; they have no looks of their own.
HOOKS: set[str] = {"mc-cols__body"}

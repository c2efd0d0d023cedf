"""The demo National portal's pages: plain, its own look, no script. The texts lie in `templates`."""

from pathlib import Path
from typing import Any

from django.template import Context, Engine

from motcua.config.peers.national.portal import Visit

HERE = Path(__file__).parent
ENGINE = Engine(dirs=[str(HERE / "templates")])
TABS = {"cccd": "CMT/CCCD", "dien-thoai": "Thuê bao di động", "bhxh": "Mã số BHXH"}


def style() -> str:
    """The style sheet."""
    return (HERE / "style.css").read_text(encoding="utf-8")


def page(name: str, **known: Any) -> str:
    """A whole page."""
    return str(ENGINE.get_template(f"{name}.html").render(Context(known)))


def of(visit: Visit, name: str, **known: Any) -> str:
    """A page of a visit under way: what was asked stands on it."""
    digest = visit.asked.get("digest", "")
    phone = f"••• ••• {visit.person.phone[-3:]}" if visit.person else ""
    grouped = " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
    return page(name, visit=visit, digest=grouped, phone=phone, tabs=TABS.items(), **known)


def words(title: str, said: str, home: str = "") -> str:
    """A page that only says something."""
    return page("words", title=title, words=said, home=home)

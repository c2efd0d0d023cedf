"""What an English page says in Vietnamese without saying so."""

import re
from html.parser import HTMLParser
from typing import Any

LETTERS = re.compile("[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)
SAID_BY_ATTRIBUTES = {"aria-label", "alt", "title", "placeholder", "data-label"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# The head's title and the titles of its links can't be marked, names in them are what they are; "đồng" is the name of
# the money.
NOT_READ = {"title", "script", "style"}
MONEY = re.compile(r"[\d.,]+\s*đồng|\d+/NĐ-CP")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.languages: list[tuple[str, str]] = []
        self.found: list[str] = []

    def _marked(self) -> bool:
        return any(language == "vi" for _, language in self.languages)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html":
            self.languages = []
        else:
            outer = self._marked() or values.get("lang") == "vi"
            if not outer and tag != "link":
                self.found += [
                    f"{tag}[{name}]: {value}"
                    for name, value in attrs
                    if name in SAID_BY_ATTRIBUTES and LETTERS.search(value or "")
                ]
        if tag not in VOID:
            self.languages.append((tag, values.get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.languages:
            if self.languages.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._marked() or (self.languages and self.languages[-1][0] in NOT_READ):
            return
        text = MONEY.sub("", " ".join(data.split()))
        if LETTERS.search(text):
            self.found.append(text)


def vietnamese_in(response: Any) -> list[str]:
    """The Vietnamese texts of a page that stand outside lang="vi"; empty for a page that is English throughout."""
    html = response.content.decode()
    assert '<html lang="en"' in html, (response.request["PATH_INFO"], html[:300])
    reader = _Reader()
    reader.feed(html)
    return reader.found

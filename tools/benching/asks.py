"""What is asked of the portal, one function for each row of the table."""

import threading
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote_plus

from benching import walk
from benching.browser import Answer, Browser, Visitor, filled, main_form
from benching.ward import Ward

WORDS = ("khai sinh", "dang ky ket hon", "chứng thực bản sao", "tình trạng hôn nhân", "trich luc", "hộ kinh doanh")
SAVED = "to-khai/me/"
Asking = Callable[[Visitor, int], None]


class UsedUp(Exception):
    """Nothing is left to ask about; the row ends here."""


@dataclass(frozen=True)
class Question:
    """A row: its name, who asks ("" nobody, "newcomer", "citizen", a role), and how."""

    name: str
    who: str
    ask: Asking


class Asks:
    """Questions about one ward; a visitor with an account asks about, and uses up, that account's drafts."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        # Accepting uses dossiers up: half of them for one officer at a time, half for eight.
        middle = len(ward.waiting) // 2
        self.waiting = iter(ward.waiting[:middle])
        self.waiting_later = ward.waiting[middle:]
        third = len(ward.notices) // 3
        self.notices = iter(ward.notices[:third])
        self.notices_later = ward.notices[third:]
        self.lock = threading.Lock()
        self.uploads: Tally[int] = Tally()
        # The first draft of each is filled in further, the last one looked at; those between are handed in from the
        # front, and get more files from the back.
        self.drafts = {user: iter(refs[1:-1]) for user, refs in ward.drafts.items()}
        step = next(step for step in ward.steps if step.tail == SAVED)
        other = replace(step, fields=filled(step.fields, {"mother_name": ["Trần Thị Thu Hà"]}))
        self.turns = (other, step)

    def questions(self) -> list[Question]:
        """All rows, in the order of the walk."""
        refs = self.ward.refs
        return [
            Question("home", "", self._get(lambda _: "/")),
            Question("search", "", self._get(lambda n: f"/thu-tuc/?q={quote_plus(WORDS[n % len(WORDS)])}")),
            Question("record", "", self._get(lambda _: f"/thu-tuc/{walk.PROCEDURE}/")),
            Question("look-up", "", self._look_up),
            Question("form page", "citizen", self._form_page),
            Question("form page saved", "citizen", self._save),
            Question("file of 1 MB", "citizen", self._upload),
            Question("review page", "citizen", self._review),
            Question("submit", "citizen", self._submit),
            Question("own dossiers", "newcomer", self._get(lambda _: "/ho-so/")),
            Question("worklist", "reception", self._get(lambda _: "/can-bo/")),
            Question("dossier page", "reception", self._get(lambda n: f"/can-bo/ho-so/{refs[n * 7 % len(refs)]}/")),
            Question("dossier, 12 papers", "registrar", self._get(lambda _: f"/can-bo/ho-so/{self.ward.heavy}/")),
            Question("accept", "reception", self._accept),
            Question("pay notice", "", self._pay_notice),
        ]

    def of_figures(self) -> list[Question]:
        """The rows over many more dossiers, asked last."""
        ward = f"/cong-khai-tien-do/{self.ward.agency}/"
        periods = ("", "?ky={year}", "?ky={year}-quy-1", "?ky={year}-02")
        year = str(datetime.now(UTC).year - 1)
        asked = [period.format(year=year) for period in periods]
        return [
            Question("figures", "", self._get(lambda n: f"/cong-khai-tien-do/{asked[n % len(asked)]}")),
            Question("figures, agency", "", self._get(lambda n: f"{ward}{asked[n % len(asked)]}")),
            Question("figures, file", "", self._get(lambda n: f"{ward}du-lieu.csv{asked[n % len(asked)]}")),
        ]

    def open_first(self, question: Question, visitor: Visitor) -> None:
        """Open the page that the question's button stands on, so that only the button is counted."""
        if question.name in {"look-up", "submit", "accept", "form page saved", "file of 1 MB"}:
            paths = {
                "look-up": "/tra-cuu/",
                "accept": f"/can-bo/ho-so/{self.ward.refs[0]}/",
                "form page saved": f"/nop/{self._kept(visitor)}/{SAVED}",
                "file of 1 MB": f"/nop/{self._kept(visitor)}/giay-to/",
                "submit": f"/nop/{self._kept(visitor)}/xem-lai/",
            }
            self._page(visitor, paths[question.name])

    def _page(self, visitor: Visitor, path: str) -> Answer:
        if path not in visitor.opened:
            answer = visitor.get(path)
            if answer.status != 200:
                raise walk.Astray(f"{path} answered {answer.status} {answer.location}")
            visitor.opened[path] = answer
        return visitor.opened[path]

    def _kept(self, visitor: Visitor) -> str:
        refs = self.ward.drafts.get(visitor.account)
        return refs[0] if refs else ""

    def _get(self, path: Callable[[int], str]) -> Asking:
        def ask(visitor: Visitor, turn: int) -> None:
            answer = visitor.get(path(turn))
            if answer.status != 200:
                raise walk.Astray(f"{path(turn)} answered {answer.status} {answer.location}")

        return ask

    def _look_up(self, visitor: Visitor, turn: int) -> None:
        """The button; each time somebody else presses it, since one visitor may look 60 times an hour."""
        fields, _ = main_form(self._page(visitor, "/tra-cuu/").text)
        if isinstance(visitor, Browser):
            visitor.address = walk.address()
        ref = self.ward.refs[turn % len(self.ward.refs)]
        answer = visitor.post("/tra-cuu/", filled(fields, {"ma": [ref], walk.SOLUTION: [walk.solution()]}))
        if answer.status != 200:
            raise walk.Astray(f"/tra-cuu/ answered {answer.status}: {walk.told(answer)}")

    def _form_page(self, visitor: Visitor, turn: int) -> None:
        self._get(lambda _: f"/nop/{self._kept(visitor)}/{SAVED}")(visitor, turn)

    def _save(self, visitor: Visitor, turn: int) -> None:
        """“Đồng ý và tiếp tục” on a page of 17 fields, one of them changed."""
        ref = self._kept(visitor)
        page = self._page(visitor, f"/nop/{ref}/{SAVED}")
        answer = walk.do(visitor, ref, self.turns[turn % 2], page, b"")
        if answer.status != 302:
            raise walk.Astray(f"{SAVED} answered {answer.status}: {walk.told(answer)}")

    def _upload(self, visitor: Visitor, turn: int) -> None:
        """A photograph, as the page's script sends it; after eight of them the next draft, a paper takes ten."""
        refs = self.ward.drafts[visitor.account]
        with self.lock:
            self.uploads[visitor.account] += 1
            ref = refs[-2 - self.uploads[visitor.account] // 8]
        page = self._page(visitor, f"/nop/{refs[0]}/giay-to/")
        name = next(step.uploads[0] for step in self.ward.steps if step.uploads)
        files = [(name, "IMG_0217.jpg", walk.unique(self.ward.photo))]
        headers = {"X-Paper": name.removeprefix("tep-")}
        answer = visitor.post(f"/nop/{ref}/giay-to/", _token(page), files, headers)
        if answer.status != 200:
            raise walk.Astray(f"giay-to/ answered {answer.status}: {walk.told(answer)}")

    def _review(self, visitor: Visitor, turn: int) -> None:
        ref = self.ward.drafts[visitor.account][-1]
        self._get(lambda _: f"/nop/{ref}/xem-lai/")(visitor, turn)

    def _submit(self, visitor: Visitor, turn: int) -> None:
        """“Nộp hồ sơ” on a complete draft."""
        ref = next(self.drafts[visitor.account], None)
        if ref is None:
            raise UsedUp
        page = self._page(visitor, f"/nop/{self._kept(visitor)}/xem-lai/")
        fields = [*_token(page), ("statement", "on"), (walk.SOLUTION, walk.solution())]
        answer = visitor.post(f"/nop/{ref}/xem-lai/", fields)
        if answer.status != 302 or "da-nop" not in answer.location:
            raise walk.Astray(f"xem-lai/ answered {answer.status} {answer.location}: {walk.told(answer)}")

    def begin_again(self) -> None:
        """The same question is about to be asked by more visitors."""
        self.waiting = iter(self.waiting_later)
        self.notices = iter(self.notices_later)

    def _accept(self, visitor: Visitor, turn: int) -> None:
        """“Tiếp nhận” on a dossier that waits."""
        ref = next(self.waiting, None)
        if ref is None:
            raise UsedUp
        page = self._page(visitor, f"/can-bo/ho-so/{self.ward.refs[0]}/")
        answer = visitor.post(f"/can-bo/ho-so/{ref}/tiep-nhan/", _token(page))
        if answer.status != 302:
            raise walk.Astray(f"tiep-nhan/ answered {answer.status} {answer.location}: {walk.told(answer)}")

    def _pay_notice(self, visitor: Visitor, turn: int) -> None:
        """VNPAY tells that a fee was paid: it is booked, receipted, and the person is told."""
        notice = next(self.notices, None)
        if notice is None:
            raise UsedUp
        answer = visitor.get(notice)
        if '"00"' not in answer.text:
            raise walk.Astray(f"the notice was answered {answer.status} {answer.text[:200]}")


def _token(page: Answer) -> list[tuple[str, str]]:
    return [pair for pair in walk.carried(page.text) if pair[0] == "csrfmiddlewaretoken"]

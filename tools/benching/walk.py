"""The walk of one submission: learnt once from the pages themselves, then repeated as a browser would do it."""

import io
import os
import random
import re
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from benching.browser import Answer, Fields, Visitor, filled, main_form

CARRIED = ("csrfmiddlewaretoken", "khoa", "ban", "trang")
SOLUTION = "altcha"
COPY = "lay-tu-nguoi-nop"
PROCEDURE = "1.001193"
MB = 1024 * 1024


class Astray(Exception):
    """A page answered otherwise than it should; the text names page and status."""


def answers(applicant: Any) -> dict[str, Sequence[str]]:
    """What is typed: a child of a father who hands in himself. Names are `<field>__<part>`."""
    born = timezone.localdate() - timedelta(days=9)
    home = {"province": "98", "commune": "98001", "detail": "Tổ 4, đường Trần Phú"}

    def place(field: str, **parts: str) -> dict[str, Sequence[str]]:
        return {f"{field}__{part}": [value] for part, value in (home | parts).items()}

    def day(field: str, value: Any) -> dict[str, Sequence[str]]:
        return {f"{field}__{part}": [str(getattr(value, part))] for part in ("day", "month", "year")}

    return {
        "requester_name": [applicant.full_name],
        **day("requester_birth", applicant.birth_date),
        "requester_number": [applicant.personal_number],
        "relation": ["cha"],
        "requester_document_kind": ["can-cuoc"],
        "requester_residence_kind": ["thuong-tru"],
        **place("requester_residence"),
        "child_name": ["Lê Minh Khuê"],
        **day("child_birth", born),
        "registration_kind": ["dung-han"],
        "child_sex": ["nu"],
        "child_ethnicity": ["01"],
        "child_nationality": ["VN"],
        "birth_place_kind": ["co-so-y-te"],
        "birth_facility": ["Bệnh viện đa khoa Minh Giang"],
        **place("birth_address", detail=""),
        **place("child_hometown", commune="98003", detail=""),
        "birth_notice": ["ban-giay"],
        "mother_known": ["co"],
        "mother_name": ["Trần Thu Hà"],
        "mother_birth_year": ["1996"],
        "mother_ethnicity": ["01"],
        "mother_nationality": ["VN"],
        "mother_document_kind": ["khong-co"],
        "mother_residence_kind": ["thuong-tru"],
        **place("mother_residence"),
        "father_known": ["co"],
        "father_name": [applicant.full_name],
        "father_birth_year": [str(applicant.birth_date.year)],
        "father_ethnicity": ["01"],
        "father_nationality": ["VN"],
        "father_document_kind": ["can-cuoc"],
        "father_number": [applicant.personal_number],
        "father_residence_kind": ["thuong-tru"],
        **place("father_residence"),
        "parents_married": ["chua"],
        "wants_copies": ["co"],
        "copies": ["2"],
        "made_at": ["phường Hoa Sen"],
        "promise": ["on"],
        "hand_in": ["truc-tuyen"],
        "receive": ["tai-quay"],
        "pay": ["tai-quay"],
        "statement": ["on"],
    }


@dataclass(frozen=True)
class Step:
    """One page of the way: what follows /nop/<ref>/, and what is posted there."""

    tail: str
    fields: Fields
    uploads: tuple[str, ...] = ()


def photograph(size: int = MB) -> bytes:
    """A JPEG like a phone's, of about this many bytes."""
    from PIL import Image

    dice = random.Random(7)
    rough = Image.frombytes("RGB", (400, 300), dice.randbytes(400 * 300 * 3)).resize((3200, 2400))
    low, high = 5, 95
    while low < high:
        out = io.BytesIO()
        middle = (low + high + 1) // 2
        rough.save(out, "JPEG", quality=middle)
        low, high = (middle, high) if out.tell() <= size - 64 else (low, middle - 1)
    out = io.BytesIO()
    rough.save(out, "JPEG", quality=low)
    return out.getvalue().ljust(size - 64, b"\0")


def unique(photo: bytes) -> bytes:
    """The same picture with a comment of its own, so that nobody can say that it is stored already."""
    comment = os.urandom(16).hex().encode()
    return photo[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + photo[2:]


def solution() -> str:
    """A solved "Mã xác nhận": made with the portal's own key and an easy number, since people's phones do the work."""
    from altcha import Payload, create_challenge, solve_challenge

    from motcua.web.components import human

    challenge = create_challenge(
        "PBKDF2/SHA-256", human.COST, counter=1, expires_at=int(time.time()) + 1200, hmac_secret=human._secret()
    )
    solved = solve_challenge(challenge)
    assert solved is not None
    return Payload(challenge, solved).to_base64()


def begin(visitor: Visitor, agency_slug: str) -> str:
    """Choose the agency; the number of the new draft."""
    path = f"/thu-tuc/{PROCEDURE}/nop/?co-quan={agency_slug}"
    page = _page(visitor, path)
    fields, _ = main_form(page.text)
    answer = visitor.post(path, filled(fields, {"co-quan": [agency_slug]}))
    found = re.search(r"/nop/([^/]+)/", answer.location)
    if answer.status != 302 or not found:
        raise Astray(f"{path} answered {answer.status} {answer.location}")
    return found[1]


def learn(
    visitor: Visitor, ref: str, typed: dict[str, Sequence[str]], pages: dict[str, str], photo: bytes
) -> list[Step]:
    """Walk the draft to its last page, reading every form; the steps to repeat. The last page is left alone.

    `pages` says on which page of the form a field stands: some are drawn only when others are answered.
    """
    steps: list[Step] = []
    tail = "nguoi-nop/"
    while tail != "xem-lai/":
        page = _page(visitor, f"/nop/{ref}/{tail}")
        if f'value="{COPY}"' in page.text:  # "Lấy thông tin từ người nộp"
            visitor.post(f"/nop/{ref}/{tail}", [*carried(page.text), ("act", COPY)])
            page = _page(visitor, f"/nop/{ref}/{tail}")
        fields, files = main_form(page.text)
        mine = {name: value for name, value in typed.items() if _asked(name, tail, pages, page.text)}
        step = Step(
            tail,
            [pair for pair in filled(fields, mine) if pair[0] not in CARRIED],
            tuple(name for name in files if name.startswith("tep-"))[:2],
        )
        answer = do(visitor, ref, step, page, photo)
        if answer.status != 302:
            raise Astray(f"/nop/{ref}/{tail} answered {answer.status}: {told(answer)}")
        steps.append(step)
        tail = answer.location.split(f"/nop/{ref}/")[1].partition("?")[0]
    return steps


def _asked(name: str, tail: str, pages: dict[str, str], page: str) -> bool:
    there = pages.get(name.partition("__")[0])
    return f"to-khai/{there}/" == tail if there else f'name="{name}"' in page


def do(visitor: Visitor, ref: str, step: Step, page: Answer, photo: bytes) -> Answer:
    """Send one page: its files one by one as the page's script does, then the rest."""
    path = f"/nop/{ref}/{step.tail}"
    fields = [*carried(page.text), *step.fields]
    uploads = step.uploads if len(step.uploads) != 1 else step.uploads * 2
    for name in uploads:
        key = name.removeprefix("tep-")
        answer = visitor.post(path, fields, [(name, "IMG_0217.jpg", unique(photo))], {"X-Paper": key})
        if answer.status != 200:
            raise Astray(f"{path} took no file: {answer.status} {told(answer)}")
    return visitor.post(path, fields)


def carried(page: str) -> list[tuple[str, str]]:
    """The hidden fields that are new with every page."""
    found = []
    for name in CARRIED:
        if match := re.search(rf'name="{name}" value="([^"]*)"', page):
            found.append((name, match[1]))
    return found


def submit(visitor: Visitor, ref: str, typed: dict[str, Sequence[str]], solved: str) -> Answer:
    """The review page and the button on it."""
    path = f"/nop/{ref}/xem-lai/"
    page = _page(visitor, path)
    return visitor.post(path, [*carried(page.text), ("statement", typed["statement"][0]), (SOLUTION, solved)])


def whole(
    visitor: Visitor,
    agency_slug: str,
    steps: Sequence[Step],
    typed: dict[str, Sequence[str]],
    photo: bytes,
    solved: Callable[[], str],
) -> None:
    """One complete submission, from choosing the agency to the page with the number."""
    ref = begin(visitor, agency_slug)
    for step in steps:
        page = _page(visitor, f"/nop/{ref}/{step.tail}")
        answer = do(visitor, ref, step, page, photo)
        if answer.status != 302:
            raise Astray(f"/nop/{ref}/{step.tail} answered {answer.status}: {told(answer)}")
    answer = submit(visitor, ref, typed, solved())
    if answer.status != 302:
        raise Astray(f"/nop/{ref}/xem-lai/ answered {answer.status}: {told(answer)}")
    _page(visitor, answer.location)


def _page(visitor: Visitor, path: str) -> Answer:
    answer = visitor.get(path)
    if answer.status != 200:
        raise Astray(f"{path} answered {answer.status} {answer.location}")
    return answer


def told(answer: Answer) -> str:
    """The error summary of a page, as text."""
    found = re.search(r"error-summary.*?</div>\s*</div>", answer.text, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0] if found else answer.text[:300]))[:400]


def address() -> str:
    """An address that nobody else has, for rate limits."""
    return f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(254) + 1}"

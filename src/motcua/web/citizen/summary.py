"""Everything that was declared, section by section: for the review, and for the copy of what was handed in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from motcua.accounts.models import User
from motcua.core.identity import show_number, show_phone
from motcua.dossiers.models import Attachment, Dossier
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.drafts import Paper
from motcua.dossiers.rules import delivery, person
from motcua.web.citizen.walk import BACK_TO_REVIEW


@dataclass(frozen=True)
class Row:
    """One line; `words` is how it will be written out, `files` what was handed in for it."""

    label: str
    text: str = ""
    words: str = ""
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Block:
    """Rows under a heading of their own; no title where the part's own does."""

    title: str
    rows: list[Row]


@dataclass
class Part:
    """Everything of one page, with its "Sửa"."""

    title: str
    url: str
    blocks: list[Block] = field(default_factory=list)


def of(dossier: Dossier, found: Sequence[Paper] | None = None) -> list[Part]:
    """All parts in the order of the pages; `found` are the dossier's papers, by whoever knows them already."""
    found = reads.papers(dossier) if found is None else found
    papers = [Row(paper.requirement.name, files=paper.files) for paper in found if paper.files]
    return [
        _part("Người nộp", _url("applicant", dossier), person_rows(dossier.applicant)),
        _part("Chủ hồ sơ", _url("owner", dossier), person_rows(dossier.owner)),
        *form_parts(dossier),
        _part("Giấy tờ", _url("papers", dossier), papers or [Row("Giấy tờ kèm theo", "Không có")]),
        _part("Nhận kết quả và lệ phí", _url("delivery", dossier), delivery_rows(dossier)),
    ]


def _part(title: str, url: str, rows: list[Row]) -> Part:
    return Part(title, url, [Block("", rows)])


def form_parts(dossier: Dossier) -> list[Part]:
    """The form's pages with their answers."""
    form = reads.form_of(dossier)
    parts: dict[str, Part] = {}
    for section in reads.declared(dossier):
        slug = section.page_slug
        part = parts.setdefault(slug, Part(form.page(slug).title, _url("form", dossier, slug)))
        rows = [Row(row.label, row.text or "Không khai", row.words) for row in section.rows]
        part.blocks.append(Block(section.title if section.title != part.title else "", rows))
    return list(parts.values())


def _url(name: str, dossier: Dossier, *args: str) -> str:
    return f"{reverse(f'citizen:{name}', args=[dossier.ref, *args])}?{BACK_TO_REVIEW}=1"


def identity_rows(who: dict[str, Any]) -> list[Row]:
    """Who somebody is, which they don't type into a dossier themselves; what isn't known isn't shown."""
    number = str(who.get("personal_number") or "")
    rows = [
        Row("Tổ chức", person.organisation(who)),
        Row("Chức vụ", str(who.get("organisation_position") or "")),
        Row("Họ, chữ đệm, tên", str(who.get("full_name") or "")),
        Row("Số định danh cá nhân", show_number(number) if number.isdigit() else number),
        Row("Ngày sinh", spoken_date(who.get("birth_date"))),
        Row("Giới tính", str(dict(User.Sex.choices).get(str(who.get("sex") or ""), ""))),
    ]
    return [row for row in rows if row.text]


def person_rows(who: dict[str, Any]) -> list[Row]:
    """What is kept of a person; what was left out isn't shown."""
    reached = [
        Row("Nơi cư trú", person.address(who)),
        Row("Điện thoại", show_phone(str(who.get("phone") or ""))),
        Row("Thư điện tử", str(who.get("email") or "")),
    ]
    rows = identity_rows(who) + [row for row in reached if row.text]
    return rows or [Row("Họ, chữ đệm, tên", "Chưa khai")]


def spoken_date(value: Any) -> str:
    """12/11/2026; a date that can't be understood as it was typed."""
    if isinstance(value, dict):
        return "/".join(str(value.get(part) or "…") for part in ("day", "month", "year"))
    try:
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}" if value else ""
    except ValueError:
        return str(value)


def delivery_rows(dossier: Dossier) -> list[Row]:
    """Where it goes, how it comes back, how it is paid."""
    chosen = dossier.delivery
    rows = [
        Row("Nơi giải quyết", dossier.agency.name),
        Row("Hình thức nộp hồ sơ", delivery.in_words("hand_in", chosen.get("hand_in")) or "Chưa chọn"),
        Row("Hình thức nhận kết quả", _received(chosen) or "Chưa chọn"),
    ]
    if delivery.needs_address(chosen):
        rows.append(
            Row("Địa chỉ cho bưu chính", delivery.post_in_words(delivery.post_address(chosen, dossier.applicant)))
        )
    if pay := delivery.in_words("pay", chosen.get("pay")):
        rows.append(Row("Trả phí", pay))
    return rows


def _received(chosen: dict[str, Any]) -> str:
    """In the order in which the ways were chosen; as it is now, where it was chosen anew."""
    return delivery.in_words("receive", chosen.get("receive_now") or chosen.get("receive"))

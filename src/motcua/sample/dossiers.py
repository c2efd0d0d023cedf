"""The dossiers that lie on the sample's desk, handed in and worked on through the services (sample/dossiers)."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier, Verdict
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries import results
from motcua.dossiers.rules.supplements import Wanted
from motcua.dossiers.services import confirmations, drafts, money, reception, submission, supplements, work
from motcua.dossiers.services import results as issuing
from motcua.offerings.models import OfferingVersion
from motcua.sample import signing

OFFICERS = {"reception": "chi.tt", "leader": "giang.vh", "clerk": "khanh.lt"}  # registrars differ by procedure
PAPER_SIZE = (1240, 1754)  # A4 at 150 dots an inch
INK, PAPER, SEAL = (34, 29, 26), (251, 247, 239), (151, 27, 30)
BIRTH = "1.001193"


def load() -> None:
    """Hand in each dossier and do the acts that its line names."""
    for file in sorted((settings.PROJECT / "sample" / "dossiers").glob("*.json"), reverse=True):
        group = json.loads(file.read_text(encoding="utf-8"))
        versions = OfferingVersion.objects.select_related("offering__agency", "offering__procedure")
        version = versions.get(offering__procedure__code=group["procedure"])
        for line in group["dossiers"]:
            desk = Desk(_hand_in(version, group, line), OFFICERS | group["officers"])
            for act in line["acts"]:
                desk.dossier.refresh_from_db()
                ACTS[act](desk)


def _hand_in(version: OfferingVersion, group: Mapping[str, Any], line: Mapping[str, Any]) -> Dossier:
    person = User.objects.get(personal_number=line["person"])
    typed = {**group["answers"], **line["answers"]}
    answers = {key: value.format_map(_facts(person)) for key, value in typed.items()}
    if version.offering.procedure.code == BIRTH:
        answers |= _born(line["days_ago"])
    draft = drafts.start_draft(version, by=person)
    drafts.copy_applicant(draft, by=person)
    for page in reads.form_of(draft).pages:
        drafts.save_answers(draft, page.slug, _posted(answers), by=person)
        draft.refresh_from_db()
    if version.offering.procedure.code == BIRTH:
        picture = SimpleUploadedFile("giay-chung-sinh.jpg", birth_notice(answers), "image/jpeg")
        drafts.attach(draft, "giay-chung-sinh", picture, by=person)
    delivery = QueryDict(mutable=True)
    delivery.setlist("receive", line["receive"])
    delivery.update({"hand_in": "truc-tuyen", "pay": group["pay"]})
    drafts.save_delivery(draft, delivery, by=person)
    draft.refresh_from_db()
    if version.signing:
        _sign(draft, person)
    return submission.submit(draft, by=person)


def _born(days_ago: int) -> dict[str, str]:
    born = timezone.localdate() - timedelta(days=days_ago)
    return {f"child_birth__{part}": str(getattr(born, part)) for part in ("day", "month", "year")}


def _sign(draft: Dossier, person: User) -> None:
    """With a test certificate, as a person with a signing program would."""
    signed = signing.signed_as(person.full_name, person.personal_number or "", confirmations.declaration(draft))
    file = SimpleUploadedFile("to-khai-da-ky.pdf", signed, "application/pdf")
    confirmations.take_signed_declaration(draft, file, by=person)


def _facts(person: User) -> dict[str, str]:
    """What a line of the file may name in braces."""
    born = person.birth_date or date.min
    return {
        "full_name": person.full_name,
        "personal_number": person.personal_number or "",
        "birth_day": f"{born.day}",
        "birth_month": f"{born.month}",
        "birth_year": f"{born.year}",
        "sex": person.sex,
        "phone": person.phone,
        "email": person.email,
        "residence": person.residence_id or "",
        "residence_detail": person.residence_detail,
    }


def _posted(answers: Mapping[str, str]) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update(answers)
    return found


@dataclass
class Desk:
    """A dossier, and who works on it: role → handle."""

    dossier: Dossier
    officers: Mapping[str, str]

    def officer(self, role: str) -> User:
        """The officer of this role."""
        return User.objects.get(handle=self.officers[role])


def _pay(desk: Desk) -> None:
    """By a transfer, which the desk found on the bank's statement."""
    order = money.order_to_pay(desk.dossier, by=desk.dossier.user)
    money.book_transfer(
        desk.dossier, by=desk.officer("reception"), amount=order.amount, reference=f"FT{order.number}"
    )  # fmt: skip


def _judge_papers(desk: Desk) -> None:
    for paper in {attachment.requirement_key for attachment in desk.dossier.attachments.all()}:
        work.judge_paper(desk.dossier, paper, Verdict.Finding.GOOD, by=desk.officer("registrar"))


def _send_draft(desk: Desk) -> None:
    values = {value.key: value.text for value in results.suggested_values(desk.dossier)}
    work.send_draft(desk.dossier, values, by=desk.officer("registrar"))


def _ask_another_name(desk: Desk) -> None:
    wrong = Wanted("answer", "business_name", "Tên này đã có hộ khác trong phường dùng. Đặt tên riêng khác.")
    supplements.ask(
        desk.dossier, [wrong], reason="Tên hộ kinh doanh trùng với một hộ đã đăng ký.",
        ground="Nghị định số 118/2025/NĐ-CP", by=desk.officer("registrar"),
    )  # fmt: skip


ACTS: dict[str, Callable[[Desk], object]] = {
    "pay": _pay,
    "accept": lambda desk: reception.accept(desk.dossier, by=desk.officer("reception")),
    "take_up": lambda desk: work.take_up(desk.dossier, by=desk.officer("registrar")),
    "judge_papers": _judge_papers,
    "ask_another_name": _ask_another_name,
    "send_draft": _send_draft,
    "agree": lambda desk: work.answer_draft(desk.dossier, by=desk.dossier.user, agree=True),
    "propose": lambda desk: work.propose(desk.dossier, by=desk.officer("registrar")),
    "approve": lambda desk: work.approve(desk.dossier, by=desk.officer("leader")),
    "issue": lambda desk: issuing.issue(desk.dossier, by=desk.officer("clerk")),
}


def birth_notice(answers: Mapping[str, str]) -> bytes:
    """A drawn Giấy chứng sinh, as a telephone's camera would give it: JPEG, A4."""
    born = date(*(int(answers[f"child_birth__{part}"]) for part in ("year", "month", "day")))
    page = Image.new("RGB", PAPER_SIZE, PAPER)
    pen = ImageDraw.Draw(page)
    pen.rectangle((60, 60, 1180, 1694), outline=SEAL, width=5)
    folder = settings.PROJECT / "build" / "fonts"
    plain = ImageFont.truetype(folder / "Tinos-Regular.ttf", 36)
    bold = ImageFont.truetype(folder / "Tinos-Bold.ttf", 60)
    pen.text((620, 140), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", font=plain, fill=INK, anchor="mm")
    pen.text((620, 190), "Độc lập - Tự do - Hạnh phúc", font=plain, fill=INK, anchor="mm")
    pen.text((620, 330), "GIẤY CHỨNG SINH", font=bold, fill=INK, anchor="mm")
    pen.text((620, 390), "(bản mẫu, không có giá trị)", font=plain, fill=INK, anchor="mm")
    lines = {
        "Họ, chữ đệm, tên mẹ": answers["mother_name"],
        "Năm sinh": answers["mother_birth_year"],
        "Đã sinh con vào": f"6 giờ 40 phút, ngày {born:%d/%m/%Y}",
        "Tại": answers["birth_facility"],
        "Giới tính của con": {"nu": "Nữ", "nam": "Nam"}[answers["child_sex"]],
        "Cân nặng": "3.150 g",
        "Dự kiến đặt tên con": answers["child_name"],
    }
    for number, (label, value) in enumerate(lines.items()):
        pen.text((130, 520 + 110 * number), f"{label}: {value}", font=plain, fill=INK)
    pen.ellipse((760, 1380, 960, 1580), outline=SEAL, width=6)
    out = io.BytesIO()
    page.save(out, "JPEG", quality=88)
    return out.getvalue()

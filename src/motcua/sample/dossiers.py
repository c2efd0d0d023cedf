"""The dossiers that lie on the sample's desk, handed in and worked on through the services (sample/dossiers.json)."""

import io
import json
from collections.abc import Callable, Mapping
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
from motcua.dossiers.services import drafts, reception, submission, work
from motcua.dossiers.services import results as issuing
from motcua.offerings.models import OfferingVersion

OFFICERS = {"reception": "chi.tt", "registrar": "dung.pv", "leader": "giang.vh", "clerk": "khanh.lt"}
PAPER_SIZE = (1240, 1754)  # A4 at 150 dots an inch
INK, PAPER, SEAL = (34, 29, 26), (251, 247, 239), (151, 27, 30)


def load() -> None:
    """Hand in each dossier and do the acts that its line names."""
    data = json.loads((settings.PROJECT / "sample" / "dossiers.json").read_text(encoding="utf-8"))
    version = OfferingVersion.objects.select_related("offering__agency").get(offering__procedure__code="1.001193")
    for line in data["dossiers"]:
        dossier = _hand_in(version, line, {**data["answers"], **line["answers"]})
        for act in line["acts"]:
            dossier.refresh_from_db()
            ACTS[act](dossier)


def _hand_in(version: OfferingVersion, line: Mapping[str, Any], typed: Mapping[str, str]) -> Dossier:
    person = User.objects.get(personal_number=line["person"])
    born = timezone.localdate() - timedelta(days=line["days_ago"])
    answers = {key: value.format_map(_facts(person)) for key, value in typed.items()}
    answers |= {
        "child_birth__day": f"{born.day}",
        "child_birth__month": f"{born.month}",
        "child_birth__year": f"{born.year}",
    }
    draft = drafts.start_draft(version, by=person)
    drafts.copy_applicant(draft, by=person)
    for page in reads.form_of(draft).pages:
        drafts.save_answers(draft, page.slug, _posted(answers), by=person)
        draft.refresh_from_db()
    picture = SimpleUploadedFile("giay-chung-sinh.jpg", birth_notice(answers, born), "image/jpeg")
    drafts.attach(draft, "giay-chung-sinh", picture, by=person)
    delivery = QueryDict(mutable=True)
    delivery.setlist("receive", line["receive"])
    delivery.update({"hand_in": "truc-tuyen", "pay": "tai-quay"})
    drafts.save_delivery(draft, delivery, by=person)
    draft.refresh_from_db()
    return submission.submit(draft, by=person)


def _facts(person: User) -> dict[str, str]:
    """What a line of the file may name in braces."""
    born = person.birth_date or date.min
    return {
        "full_name": person.full_name,
        "personal_number": person.personal_number or "",
        "birth_day": f"{born.day}",
        "birth_month": f"{born.month}",
        "birth_year": f"{born.year}",
        "residence": person.residence_id or "",
        "residence_detail": person.residence_detail,
    }


def _posted(answers: Mapping[str, str]) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update(answers)
    return found


def _officer(role: str) -> User:
    return User.objects.get(handle=OFFICERS[role])


def _judge_papers(dossier: Dossier) -> None:
    for paper in {attachment.requirement_key for attachment in dossier.attachments.all()}:
        work.judge_paper(dossier, paper, Verdict.Finding.GOOD, by=_officer("registrar"))


def _send_draft(dossier: Dossier) -> None:
    values = {value.key: value.text for value in results.suggested_values(dossier)}
    work.send_draft(dossier, values, by=_officer("registrar"))


ACTS: dict[str, Callable[[Dossier], object]] = {
    "accept": lambda dossier: reception.accept(dossier, by=_officer("reception")),
    "take_up": lambda dossier: work.take_up(dossier, by=_officer("registrar")),
    "judge_papers": _judge_papers,
    "send_draft": _send_draft,
    "agree": lambda dossier: work.answer_draft(dossier, by=dossier.user, agree=True),
    "propose": lambda dossier: work.propose(dossier, by=_officer("registrar")),
    "approve": lambda dossier: work.approve(dossier, by=_officer("leader")),
    "issue": lambda dossier: issuing.issue(dossier, by=_officer("clerk")),
}


def birth_notice(answers: Mapping[str, str], born: date) -> bytes:
    """A drawn Giấy chứng sinh, as a telephone's camera would give it: JPEG, A4."""
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

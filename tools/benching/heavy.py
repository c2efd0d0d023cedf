"""A dossier that is heavier than most: 40 answers, 12 papers with a file each, in the hands of the registrar."""

import io
import json
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parents[2] / "sample"
CODE = "9.000012"
PAPERS = 12
PAGES, FIELDS = 4, 10


def heavy(model: Any, person: Any, officers: dict[str, Any]) -> str:
    """Hand in and take up such a dossier at the agency of `model`, a version of an offering; its number."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.http import QueryDict

    from motcua.dossiers.models import Dossier
    from motcua.dossiers.services import drafts, reception, submission, work

    draft = drafts.start_draft(_offering(model), by=person)
    draft = drafts.copy_applicant(draft, by=person).dossier
    for page in range(PAGES):
        typed = QueryDict("&".join(f"f{page}_{number}=Nội dung {number}" for number in range(FIELDS)))
        draft = drafts.save_answers(draft, f"trang-{page}", typed, by=person).dossier
    for number in range(PAPERS):
        picture = SimpleUploadedFile(f"giay-{number}.jpg", _picture(number), "image/jpeg")
        drafts.attach(draft, f"giay-{number}", picture, by=person)
    draft = drafts.save_delivery(draft, QueryDict("hand_in=truc-tuyen&receive=truc-tuyen"), by=person).dossier
    dossier = submission.submit(draft, by=person)
    reception.accept(dossier, by=officers["reception"])
    work.take_up(Dossier.objects.get(pk=dossier.pk), by=officers["registrar"])
    return str(dossier.ref)


def _offering(model: Any) -> Any:
    from django.forms.models import model_to_dict

    from motcua.eforms import services as eforms
    from motcua.offerings import services as offerings
    from motcua.procedures import services as procedures
    from motcua.procedures.models import Procedure

    eforms.publish_form(_form(), by=None)
    procedures.publish_record(_record(), by=None)
    settings = model_to_dict(model, exclude=["id", "offering", "number", "published_at", "form"])
    settings |= {"copies_answer": "", "confirm_days": 0, "result_values": {}}
    steps = [
        {"key": step.key, "name": step.name, "role": step.role, "unit": step.unit.code, "hours": step.hours,
         "acts": step.acts}
        for step in model.steps.select_related("unit")
    ]  # fmt: skip
    form = type(model.form).objects.get(key="nang")
    procedure = Procedure.objects.get(code=CODE)
    return offerings.publish_offering(model.offering.agency, procedure, by=None, form=form, steps=steps, **settings)


def _form() -> dict[str, Any]:
    return {
        "key": "nang", "version": 1, "title": "Tờ khai dài", "source": "chỉ để đo",
        "pages": [
            {
                "slug": f"trang-{page}", "title": f"Trang {page + 1}",
                "items": [
                    {"field": f"f{page}_{number}", "kind": "text", "label": f"Mục {page}.{number}", "required": True}
                    for number in range(FIELDS)
                ],
            }
            for page in range(PAGES)
        ],
    }  # fmt: skip


def _record() -> dict[str, Any]:
    record: dict[str, Any] = json.loads((SAMPLE / "procedures" / "2.000635.json").read_text(encoding="utf-8"))
    papers = [
        {"key": f"giay-{number}", "group": "Giấy tờ phải nộp", "name": f"Giấy tờ số {number + 1}", "rule": "1 bản sao.",
         "originals": 0, "copies": 1, "form": "ban-sao-doi-chieu", "required_if": {}}
        for number in range(PAPERS)
    ]  # fmt: skip
    return record | {"code": CODE, "requirements": papers, "fee_lines": [], "blank_forms": [], "situations": []}


def _picture(number: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1200, 1600), (number * 20, 120, 90)).save(out, "JPEG")
    return out.getvalue()

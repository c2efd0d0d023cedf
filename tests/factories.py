"""Rows for tests, in the domain's words. Acts go through the services; factories only make what acts start from.

    dossier = a_submitted_dossier()          # An's, at phường Hoa Sen, with a photograph of the birth notice
    services.accept(dossier, by=chi())

Everything is made once and found again, so a test may name only what it is about.
"""

import io
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Calendar, Role, Unit
from motcua.core.ids import new_ref
from motcua.core.text import fold, sort_key
from motcua.documents.models import Document
from motcua.dossiers.models import Attachment, Dossier, PaymentState, State
from motcua.dossiers.rules.searching import searchable
from motcua.eforms.models import FormDefinition
from motcua.offerings.models import Offering, OfferingVersion, Step
from motcua.places.models import Unit as Place
from motcua.procedures.models import (
    Channel,
    FeeLine,
    Field,
    LimitUnit,
    Method,
    Procedure,
    ProcedureVersion,
    Requirement,
)
from tests import cast

OFFICE = [["07:30", "11:30"], ["13:30", "17:00"]]
UNITS = [
    ("mot-cua", "Bộ phận Một cửa"),
    ("tu-phap", "Tư pháp – Hộ tịch"),
    ("lanh-dao", "Lãnh đạo"),
    ("van-thu", "Văn thư"),
    ("quan-tri", "Quản trị"),
]
STEPS: list[tuple[str, str, Role, str, str, list[str]]] = [
    ("tiep-nhan", "Tiếp nhận", Role.RECEPTION, "mot-cua", "1", ["accept", "decline"]),
    (
        "tham-tra", "Kiểm tra và soạn kết quả", Role.REGISTRAR, "tu-phap", "4",
        ["take_up", "judge_paper", "send_draft", "propose"],
    ),
    ("ky", "Ký", Role.LEADER, "lanh-dao", "1", ["approve", "send_back"]),
    ("vao-so", "Vào sổ, đóng dấu", Role.CLERK, "van-thu", "0.5", ["issue"]),
    ("tra-ket-qua", "Trả kết quả", Role.RECEPTION, "mot-cua", "0.5", ["hand_over"]),
]  # fmt: skip
FORM: dict[str, Any] = {
    "key": "khai-sinh-thu",
    "version": 1,
    "title": "Tờ khai đăng ký khai sinh",
    "subject": "child_name",
    "pages": [
        {
            "slug": "tre-em",
            "title": "Người được khai sinh",
            "items": [
                {"field": "child_name", "kind": "name", "label": "Họ, chữ đệm, tên", "required": True},
                {"field": "birth_date", "kind": "date", "label": "Ngày sinh", "required": True},
                {"field": "mother_name", "kind": "name", "label": "Họ tên mẹ"},
                {"field": "copies", "kind": "number", "label": "Số bản sao", "least": 0, "most": 20},
            ],
        }
    ],
}
ANSWERS = {"child_name": "Lê Minh Khuê", "birth_date": "2026-11-12", "mother_name": "Trần Thu Hà", "copies": 2}
RESULT_VALUES = {
    "child_name": "answers.child_name",
    "child_birth_date": "answers.birth_date",
    "child_birth_words": "answers.birth_date|words",
    "mother_name": "answers.mother_name",
    "agency": "agency.name",
    "requester_name": "applicant.full_name",
    "requester_document": "Căn cước số {applicant.personal_number}",
    "registered_at": {"from": "agency.name", "label": "Nơi đăng ký khai sinh"},
    "registered_on": "today",
}


def a_place(code: str = "98001") -> Place:
    """A commune of the fictional province: Hoa Sen (98001), Bến Đò (98002)."""
    province = _place("98", Place.Kind.PROVINCE, "Minh Giang", None)
    name = {"98001": "Hoa Sen", "98002": "Bến Đò"}.get(code, f"Số {code}")
    return _place(code, Place.Kind.WARD, name, province)


def _place(code: str, kind: str, name: str, parent: Place | None) -> Place:
    words = f"{Place.Kind(kind).label} {name}"
    return Place.objects.get_or_create(
        code=code,
        defaults={"kind": kind, "name": name, "parent": parent, "folded": fold(words), "sort_key": sort_key(name)},
    )[0]


def a_calendar() -> Calendar:
    """Monday to Friday, 07:30–11:30 and 13:30–17:00."""
    return Calendar.objects.get_or_create(
        code="hanh-chinh", defaults={"name": "Giờ hành chính", "week": [OFFICE] * 5 + [[], []]}
    )[0]


def an_agency(
    slug: str = "hoa-sen", code: str = "H98.21", short_name: str = "phường Hoa Sen", place: str = "98001"
) -> Agency:
    """The ward, with its units."""
    agency, made = Agency.objects.get_or_create(
        slug=slug,
        defaults={
            "code": code, "kind": Agency.Kind.WARD, "name": f"Ủy ban nhân dân {short_name}",
            "desk_name": f"Trung tâm Phục vụ hành chính công {short_name}", "short_name": short_name,
            "place": a_place(place), "address": "1 đường Hoa Sen", "phone": "0290 000 001",
            "email": f"{slug}@example.org", "calendar": a_calendar(),
        },
    )  # fmt: skip
    if made:
        Unit.objects.bulk_create(Unit(agency=agency, code=unit, name=name) for unit, name in UNITS)
    return agency


def a_form() -> FormDefinition:
    """A short form about a child."""
    return FormDefinition.objects.get_or_create(
        key=FORM["key"], version=1,
        defaults={"title": FORM["title"], "definition": FORM, "published_at": timezone.now()},
    )[0]  # fmt: skip


def a_procedure_version(code: str = "1.001193") -> ProcedureVersion:
    """The record of a procedure: three papers, one fee for copies."""
    found = ProcedureVersion.objects.filter(procedure__code=code).first()
    if found:
        return found
    field, _ = Field.objects.get_or_create(slug="ho-tich", defaults={"name": "Hộ tịch"})
    version = ProcedureVersion.objects.create(
        procedure=Procedure.objects.get_or_create(code=code)[0], number=1, effective_from=date(2026, 1, 1),
        name="Thủ tục đăng ký khai sinh", short_name="Đăng ký khai sinh", field=field,
        levels=[ProcedureVersion.Level.COMMUNE], decision_no="163/QĐ-BTP", issuing_body="Bộ Tư pháp",
        audience=["Công dân Việt Nam"],
    )  # fmt: skip
    Method.objects.create(
        version=version, position=1, channel=Channel.ONLINE, limit_value=1, limit_unit=LimitUnit.WORKING_DAYS,
        limit_text="Trong ngày",
    )  # fmt: skip
    form_kinds = Requirement.Form
    for position, (key, name, form, required) in enumerate(
        [
            ("to-khai", "Tờ khai đăng ký khai sinh", form_kinds.EFORM, {}),
            ("chung-sinh", "Giấy chứng sinh", form_kinds.COPY_TO_COMPARE, {}),
            ("uy-quyen", "Văn bản ủy quyền", form_kinds.CERTIFIED_COPY, None),
        ],
        1,
    ):
        Requirement.objects.create(
            version=version, key=key, position=position, name=name, form=form, required_if=required
        )
    FeeLine.objects.create(
        version=version, key="ban-sao", position=1, kind=FeeLine.Kind.FEE, name="Bản sao trích lục khai sinh",
        amount=8000, per="copies", ground="281/2016/TT-BTC",
    )  # fmt: skip
    version.published_at = timezone.now() - timedelta(days=30)
    version.save(update_fields=["published_at"])
    return version


def an_offering(agency: Agency | None = None, **settings: Any) -> OfferingVersion:
    """Khai sinh, the same day, online; `settings` change fields of the version (and then make a new one)."""
    agency = agency or an_agency()
    procedure = a_procedure_version().procedure
    offering, _ = Offering.objects.get_or_create(agency=agency, procedure=procedure)
    last = offering.versions.order_by("-number").first()
    if last and not settings:
        return last
    receive, hand_in = OfferingVersion.Receive, OfferingVersion.HandIn
    defaults: dict[str, Any] = {
        "form": a_form(), "old_level": 4, "scope": OfferingVersion.Scope.FULL, "hand_in_ways": [hand_in.ONLINE],
        "receive_ways": [receive.ONLINE, receive.DESK], "copies_answer": "copies",
        "limit_value": 1, "limit_unit": LimitUnit.WORKING_DAYS, "first_day_counts": True, "cut_off": "15:00",
        "after_pause": OfferingVersion.AfterPause.RESUME, "confirm_days": 1, "result_template": "giay-khai-sinh",
        "result_name": "Giấy khai sinh", "result_code": "KQ.G15.000031", "result_values": RESULT_VALUES,
    }  # fmt: skip
    version = OfferingVersion.objects.create(
        offering=offering, number=(last.number if last else 0) + 1, published_at=timezone.now(),
        **{**defaults, **settings},
    )  # fmt: skip
    units = {unit.code: unit for unit in agency.units.all()}
    Step.objects.bulk_create(
        Step(version=version, position=n, key=key, name=name, role=role, unit=units[unit], hours=hours, acts=acts)
        for n, (key, name, role, unit, hours, acts) in enumerate(STEPS, 1)
    )
    version.refresh_from_db()
    return version


def a_picture(text: str = "giay-chung-sinh.jpg", owner: User | None = None) -> Document:
    """A small photograph, stored like an upload."""
    from motcua.documents.services import store_generated

    buffer = io.BytesIO()
    Image.new("RGB", (600, 840), (251, 247, 239)).save(buffer, "JPEG")
    document = store_generated(buffer.getvalue(), text, kind=Document.Kind.JPEG, owner=owner or cast.an())
    Document.objects.filter(pk=document.pk).update(origin=Document.Origin.UPLOAD)
    document.refresh_from_db()
    return document


def a_person(user: User) -> dict[str, Any]:
    """A person as a dossier keeps them."""
    return {
        "full_name": user.full_name,
        "personal_number": user.personal_number,
        "birth_date": user.birth_date.isoformat() if user.birth_date else "",
        "sex": user.sex,
        "phone": user.phone,
        "email": user.email,
        "residence": "98001",
        "residence_name": "Phường Hoa Sen, tỉnh Minh Giang",
        "residence_detail": user.residence_detail,
    }


def a_submitted_dossier(
    *,
    user: User | None = None,
    version: OfferingVersion | None = None,
    submitted_at: datetime | None = None,
    receive: list[str] | None = None,
    with_papers: bool = True,
    **fields: Any,
) -> Dossier:
    """A dossier as submission leaves it, waiting at the desk; by default it wants the result online and on paper."""
    user, version = user or cast.an(), version or an_offering()
    moment = submitted_at or timezone.now()
    owner = a_person(user)
    values: dict[str, Any] = {
        "ref": new_ref(), "agency": version.offering.agency, "procedure_version": a_procedure_version(),
        "offering_version": version, "user": user, "state": State.SUBMITTED,
        "payment_state": PaymentState.OWED, "step": version.steps.first(),
        "applicant": owner, "owner": owner, "answers": ANSWERS,
        "delivery": {
            "hand_in": "truc-tuyen", "receive": receive or ["truc-tuyen", "tai-quay"], "copies": 2, "pay": "tai-quay",
        },
        "fee_quote": [
            {
                "key": "ban-sao", "kind": "phi", "name": "Bản sao trích lục khai sinh", "unit_amount": 8000,
                "count": 2, "amount": 16000, "ground": "281/2016/TT-BTC",
            }
        ],
        "fee_total": 16000, "subject_name": "Lê Minh Khuê", "saved_at": moment, "submitted_at": moment,
        "answer_by": moment + timedelta(days=1),
    }  # fmt: skip
    values |= fields
    values.setdefault("folded", searchable(values["subject_name"], values["applicant"], values["owner"]))
    dossier = Dossier.objects.create(**values)
    if with_papers:
        Attachment.objects.create(
            dossier=dossier, requirement_key="chung-sinh", document=a_picture(owner=user), position=1, added_at=moment
        )
    return dossier


def a_draft(user: User | None = None, version: OfferingVersion | None = None) -> Dossier:
    """A draft just begun."""
    from motcua.dossiers.services.drafts import start_draft

    a_procedure_version()
    return start_draft(version or an_offering(), by=user or cast.an())


def a_filled_draft(user: User | None = None, version: OfferingVersion | None = None) -> Dossier:
    """A draft with nothing missing, by way of the acts that fill it in."""
    from django.http import QueryDict

    from motcua.dossiers.services import drafts

    user = user or cast.an()
    a_place()
    dossier = a_draft(user, version)
    at_home = "residence__province=98&residence__commune=98001&residence__detail=Tổ 4"
    drafts.save_person(dossier, "applicant", QueryDict(at_home), by=user)
    dossier = drafts.copy_applicant(dossier, by=user).dossier
    answers = "child_name=Lê Minh Khuê&birth_date__day=12&birth_date__month=11&birth_date__year=2026&copies=2"
    drafts.save_answers(dossier, "tre-em", QueryDict(answers), by=user)
    dossier = drafts.save_delivery(
        dossier, QueryDict("hand_in=truc-tuyen&receive=truc-tuyen&pay=tai-quay"), by=user
    ).dossier
    Attachment.objects.create(
        dossier=dossier, requirement_key="chung-sinh", document=a_picture(owner=user), position=1,
        added_at=timezone.now(),
    )  # fmt: skip
    return dossier

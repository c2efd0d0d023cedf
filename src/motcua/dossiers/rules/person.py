"""The people of a dossier: who hands it in (người nộp), whose affair it is (chủ hồ sơ), whom the post goes to.

They are asked with the e-form engine, so that a wrong date or number is kept as typed, checked and shown as everywhere.
What a dossier keeps of a person is flat, with these keys: full_name, personal_number, birth_date, sex, phone, email,
residence (the commune's code), residence_detail, residence_province, and residence_name: the place as it was called.
Who stands for an organisation has organisation_name, organisation_code, organisation_position besides.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Literal

from motcua.core.words import say
from motcua.eforms.rules import (
    Definition,
    DescribedSection,
    Problem,
    World,
    check_page,
    describe,
    parse,
    read,
)

Who = Literal["applicant", "owner", "post"]

_PHONE = {
    "field": "phone",
    "kind": "phone",
    "label": "Số điện thoại di động",
    "autocomplete": "tel",
    "half": True,
}
_EMAIL = {
    "field": "email",
    "kind": "email",
    "label": "Thư điện tử",
    "autocomplete": "email",
    "half": True,
}
_RESIDENCE = {
    "field": "residence",
    "kind": "place",
    "label": "Nơi cư trú",
    "hint": "Theo đơn vị hành chính từ 01/7/2025, không còn cấp huyện",
    "required": True,
    "detail": "optional",
}
_FORMS: dict[str, dict[str, Any]] = {
    "applicant": {
        "key": "nguoi-nop",
        "version": 1,
        "title": "Người nộp",
        "pages": [
            {
                "slug": "nguoi-nop",
                "title": "Người nộp",
                "items": [
                    _PHONE
                    | {
                        "half": False,
                        "hint": "Cán bộ gọi số này khi cần hỏi về hồ sơ",
                        "checks": [
                            {
                                "check": "at_least_one",
                                "fields": ["phone", "email"],
                                "message": "Nhập số điện thoại hoặc thư điện tử, để cơ quan trả lời được",
                            }
                        ],
                    },
                    _EMAIL | {"half": False},
                    _RESIDENCE,
                ],
            }
        ],
    },
    "owner": {
        "key": "chu-ho-so",
        "version": 1,
        "title": "Chủ hồ sơ",
        "pages": [
            {
                "slug": "chu-ho-so",
                "title": "Chủ hồ sơ",
                "items": [
                    {"field": "full_name", "kind": "name", "label": "Họ, chữ đệm, tên", "required": True},
                    {
                        "field": "personal_number",
                        "kind": "personal_number",
                        "label": "Số định danh cá nhân",
                        "hint": "12 chữ số trên căn cước. Chưa có thì bỏ trống",
                        "checks": [{"check": "personal_number_agrees", "birth": "birth_date", "sex": "sex"}],
                    },
                    {
                        "field": "birth_date",
                        "kind": "date",
                        "label": "Ngày, tháng, năm sinh",
                        "required": True,
                        "checks": [{"check": "not_after_today"}],
                    },
                    {
                        "field": "sex",
                        "kind": "choice",
                        "label": "Giới tính",
                        "required": True,
                        "style": "inline",
                        "options": [{"value": "nu", "label": "Nữ"}, {"value": "nam", "label": "Nam"}],
                    },
                    _PHONE,
                    _EMAIL,
                    _RESIDENCE,
                ],
            }
        ],
    },
    "post": {
        "key": "buu-chinh",
        "version": 1,
        "title": "Địa chỉ cho bưu chính",
        "pages": [
            {
                "slug": "dia-chi",
                "title": "Địa chỉ cho bưu chính",
                "items": [
                    {
                        "field": "full_name",
                        "kind": "name",
                        "label": "Họ tên người giao, nhận với bưu chính",
                        "hint": "Nhân viên bưu chính hỏi tên này và xem căn cước",
                        "required": True,
                    },
                    _PHONE
                    | {
                        "half": False,
                        "required": True,
                        "label": "Số điện thoại người giao, nhận",
                        "hint": "Nhân viên bưu chính gọi số này trước khi đến",
                    },
                    _RESIDENCE
                    | {
                        "label": "Địa chỉ",
                        "detail": "required",
                        "hint": "Đủ số nhà, đường hoặc tổ, thôn để nhân viên bưu chính tìm được",
                    },
                ],
            }
        ],
    },
}


@cache
def form_of(which: str) -> Definition:
    """The form behind the page about this person."""
    return parse(_FORMS[which])


def answers_of(person: Mapping[str, Any]) -> dict[str, Any]:
    """A kept person as answers of the form."""
    answers = {key: value for key, value in person.items() if not key.startswith("residence")}
    commune, _, province = str(person.get("residence_name", "")).partition(", ")
    place = {
        "province": person.get("residence_province", ""),
        "commune": person.get("residence", ""),
        "detail": person.get("residence_detail", ""),
        "commune_name": commune,
        "province_name": province[:1].upper() + province[1:],
    }
    return answers | {"residence": {key: value for key, value in place.items() if value}}


def person_of(answers: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as a person is kept, over what the page didn't ask."""
    person = dict(before) | {key: value for key, value in answers.items() if key != "residence"}
    place = answers.get("residence")
    place = place if isinstance(place, Mapping) else {}
    province = str(place.get("province_name", ""))
    names = [str(place.get("commune_name", "")), province[:1].lower() + province[1:]]
    return person | {
        "residence": place.get("commune", ""),
        "residence_detail": place.get("detail", ""),
        "residence_province": place.get("province", ""),
        "residence_name": ", ".join(name for name in names if name) if all(names) else "",
    }


def read_person(which: str, data: Mapping[str, Any], before: Mapping[str, Any], *, known: World) -> dict[str, Any]:
    """What the page says about the person, valid or not."""
    form = form_of(which)
    return person_of(read(form, form.pages[0].slug, data, answers_of(before), known=known), before)


def check_person(which: str, person: Mapping[str, Any], *, today: date, known: World) -> list[Problem]:
    """What is missing or wrong."""
    form = form_of(which)
    return check_page(form, form.pages[0].slug, answers_of(person), today=today, known=known)


def described(which: str, person: Mapping[str, Any]) -> list[DescribedSection]:
    """The person as rows of label and text."""
    return describe(form_of(which), answers_of(person))


def organisation(person: Mapping[str, Any]) -> str:
    """The organisation that the person stands for: "Công ty TNHH Gốm Hoa Sen, mã số 0198000412"; "" for nobody's."""
    name, code = person.get("organisation_name") or "", person.get("organisation_code") or ""
    return say("{name}, mã số {code}", name=name, code=code) if name else ""


def whose(person: Mapping[str, Any]) -> str:
    """Whose dossier it is, as slips and lists say it: the person, or the organisation by the person."""
    name, stands_for = str(person.get("full_name") or "…"), organisation(person)
    if not stands_for:
        return name
    position = str(person.get("organisation_position") or "người đại diện")
    return f"{stands_for}, {position[:1].lower()}{position[1:]}: {name}"


def address(person: Mapping[str, Any]) -> str:
    """Where the person lives, in one line: "Tổ 4, phường Hoa Sen, tỉnh Minh Giang"."""
    detail, name = str(person.get("residence_detail") or ""), str(person.get("residence_name") or "")
    if not detail:
        return name
    return f"{detail}, {name[:1].lower()}{name[1:]}" if name else detail

"""What a browser gets: every box has a label, every message is tied to its box, every id stands once."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from motcua.eforms.queries import places
from motcua.eforms.rules import Definition, check_page
from tests.eforms.forms import BIRTH, HOUSEHOLD, KINDS
from tests.factories import a_place

pytestmark = pytest.mark.django_db


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]


def render(definition: Definition, slug: str, answers: dict, problems=(), posted=None) -> str:
    request = RequestFactory().post("/nop/NH/to-khai/x/", posted) if posted else RequestFactory().get("/nop/x/")
    template = Template("{% load eform %}{% eform_page definition page answers problems %}")
    context = {"request": request, "definition": definition, "page": definition.page(slug)}
    return template.render(Context({**context, "answers": answers, "problems": problems}))


def assert_accessible(html: str) -> None:
    tags = Tags(html)
    ids = Counter(attrs["id"] for _, attrs in tags.tags if attrs.get("id"))
    assert not [id_ for id_, count in ids.items() if count > 1]
    labels = {attrs["for"] for attrs in tags.all("label")}
    for box in tags.all("input", "select", "textarea"):
        if box.get("type") != "hidden":
            assert box.get("id") in labels, box
    for attrs in (attrs for _, attrs in tags.tags):
        for referred in (attrs.get("aria-describedby") or "").split() + (attrs.get("aria-labelledby") or "").split():
            assert referred in ids, attrs
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
    assert labels <= set(ids)


@pytest.mark.parametrize("form", [BIRTH, HOUSEHOLD, KINDS], ids=["birth", "household", "kinds"])
@pytest.mark.parametrize("with_problems", [False, True])
def test_pages_are_accessible(form: Definition, with_problems: bool) -> None:
    for page in form.pages:
        problems = check_page(form, page.slug, {}, today=timezone.localdate()) if with_problems else []
        html = render(form, page.slug, {}, problems)
        assert_accessible(html)
        for problem in problems:
            assert problem.message in html
            assert f'id="{problem.html_id}"' in html


def test_what_was_typed_stands_there_again() -> None:
    answers = {"child_name": "Lê <b>Khuê</b>", "child_birth": {"day": "30", "month": "2", "year": "2026"}}
    html = render(BIRTH, "nguoi-duoc-khai-sinh", answers)
    assert "Lê &lt;b&gt;Khuê&lt;/b&gt;" in html
    tags = {attrs.get("name"): attrs.get("value") for attrs in Tags(html).all("input")}
    assert (tags["child_birth__day"], tags["child_birth__month"], tags["child_birth__year"]) == ("30", "2", "2026")


def test_whatever_is_stored_can_be_drawn() -> None:
    for junk in ("x", 5, True, ["x", 1], {"a": "b"}, {"code": "khac", "name": 5}, {"day": 3}):
        for page in KINDS.pages:
            answers = dict.fromkeys(KINDS.holders, junk)
            assert_accessible(render(KINDS, page.slug, answers))


def test_what_was_sought_is_offered() -> None:
    a_place("98001")
    places().forget()
    posted = {"birth_address__find": "hoa sen", "act": "find-place:birth_address"}
    html = render(BIRTH, "nguoi-duoc-khai-sinh", {"birth_place_kind": "noi-khac"}, posted=posted)
    assert "Phường Hoa Sen, tỉnh Minh Giang" in html
    assert_accessible(html)
    nothing = render(
        BIRTH, "nguoi-duoc-khai-sinh", {"birth_place_kind": "noi-khac"}, posted={"birth_address__find": "zzzz"}
    )
    assert "Không tìm thấy nơi nào như vậy" in nothing
    places().forget()


def test_a_page_of_three_hundred_members_is_drawn() -> None:
    members = [{"name": f"Người {n}"} for n in range(300)]
    html = render(HOUSEHOLD, "thanh-vien", {"founder": "ho-gia-dinh", "members": members})
    assert html.count('type="hidden" name="members__') == 300
    assert "add:members" not in html

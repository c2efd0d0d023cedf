"""Publishing a form, finding it again, and what a view does with a posted page."""

import copy

import pytest
from django.http import QueryDict

from motcua.audit.models import Event
from motcua.core.errors import BusinessError
from motcua.eforms import forms
from motcua.eforms.models import FormDefinition
from motcua.eforms.queries import definition_of, places
from motcua.eforms.rules import DefinitionError
from motcua.eforms.services import publish_form
from tests.eforms.forms import BIRTH, BIRTH_DATA, HOUSEHOLD
from tests.factories import a_place

pytestmark = pytest.mark.django_db
CHILD = "nguoi-duoc-khai-sinh"


def test_a_version_is_published_once() -> None:
    first = publish_form(BIRTH_DATA, by=None)
    again = publish_form(copy.deepcopy(BIRTH_DATA), by=None)
    assert first == again
    assert Event.objects.filter(act="eform.published", subject_ref="khai-sinh/1").count() == 1


def test_a_published_version_never_changes() -> None:
    publish_form(BIRTH_DATA, by=None)
    with pytest.raises(BusinessError, match="Xin đặt số phiên bản mới"):
        publish_form(BIRTH_DATA | {"title": "Tờ khai khác"}, by=None)
    newer = publish_form(BIRTH_DATA | {"title": "Tờ khai khác", "version": 2}, by=None)
    assert FormDefinition.objects.filter(key="khai-sinh").latest("version") == newer


def test_a_form_that_is_wrong_is_not_published() -> None:
    with pytest.raises(DefinitionError, match="subject"):
        publish_form(BIRTH_DATA | {"subject": "nowhere"}, by=None)
    assert not FormDefinition.objects.exists()


def test_a_form_is_parsed_once() -> None:
    form = publish_form(BIRTH_DATA, by=None)
    assert definition_of(form) is definition_of(FormDefinition.objects.get())
    assert definition_of(form).title == BIRTH.title


def test_places_are_read_once(django_assert_num_queries: object) -> None:
    a_place("98001")
    places().forget()
    place = places().place("98001")
    assert place
    assert (place.name, place.province_code) == ("Phường Hoa Sen", "98")
    assert [one.name for one in places().provinces()] == ["Tỉnh Minh Giang"]
    assert [one.code for one in places().communes("98")] == ["98001"]
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert places().place("98001") == place
        assert places().place("98")
        assert places().communes("98")
        assert places().communes("") == []
    assert places().place("nowhere") is None
    assert [one.name for one in places().find("hoa s")] == ["Phường Hoa Sen, tỉnh Minh Giang"]
    assert places().find("minh giang x") == []
    places().forget()


@pytest.mark.parametrize(
    ("act", "stay", "silent", "focus"),
    [
        ("", False, False, ""),
        ("nonsense", False, False, ""),
        ("refresh", True, False, ""),
        ("autosave", False, True, ""),
        ("find-place:birth_address", True, False, "birth-address--find"),
        ("add:nowhere", True, False, ""),
    ],
)
def test_acts(act: str, stay: bool, silent: bool, focus: str) -> None:
    posted = QueryDict(mutable=True)
    posted.update({"act": act, "child_name": "Lê Minh Khuê"})
    result = forms.act(BIRTH, CHILD, posted, {"relation": "me"})
    assert (result.stay, result.silent, result.focus) == (stay, silent, focus)
    assert result.answers == {"relation": "me", "child_name": "Lê Minh Khuê"}


def test_what_is_sought_is_found() -> None:
    a_place("98001")
    places().forget()
    posted = {"act": "find-place:birth_address", "birth_address__find": "hoa sen"}
    found = forms.act(BIRTH, CHILD, posted, {}).found_places
    assert [place.code for place in found["birth_address"]] == ["98001"]


def test_rows_of_a_group() -> None:
    posted = {"lines": "1", "lines__0": "1", "lines__0__code": "4711", "act": "add:lines"}
    added = forms.act(HOUSEHOLD, "nganh-nghe", posted, {})
    assert (len(added.answers["lines"]), added.focus, added.stay) == (2, "lines--1--code", True)
    removed = forms.act(HOUSEHOLD, "nganh-nghe", posted | {"act": "remove:lines:0"}, added.answers)
    assert (removed.answers["lines"], removed.focus) == ([], "lines--add")

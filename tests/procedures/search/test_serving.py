"""Where the index comes from: made at once for a few records, by a job for many, and what a process does meanwhile."""

import errno
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from motcua.config.jobs import take_back
from motcua.procedures import services, tasks
from motcua.procedures.models import CatalogueStamp, StoredIndex
from motcua.procedures.search import building, search, serving
from motcua.procedures.services import importing
from tests.procedures.catalogue import made_up, publish_lists

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_at_hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that has just started, and looks after its catalogue only when the test says so."""
    monkeypatch.setattr(serving, "watch", lambda: None)
    serving.forget()
    yield
    serving.forget()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue that isn't indexed in passing, with one record."""
    monkeypatch.setattr(building, "SMALL", 1)
    publish_lists()
    publish(1, "Nuôi lợn")


def publish(number: int, name: str) -> None:
    services.publish_record(made_up(number, name=name, short_name=name), by=None)


def codes(text: str) -> list[str]:
    return [hit.code for hit in search(text).hits]


def test_the_job_stores_what_was_published(large: None, run_jobs: Callable[..., list[str]]) -> None:
    building.store_missing()
    stored = StoredIndex.objects.get()
    assert (stored.token, stored.day) == (CatalogueStamp.objects.get().token, timezone.localdate())
    assert not building.store_missing(), "it is there already"
    assert codes("nuoi lon") == ["9.000001"]


def test_a_stored_index_answers_as_one_that_was_just_built(large: None) -> None:
    publish(2, "Chăn nuôi trâu bò")
    building.store_missing()
    fetched = building.fetch(building.present())
    assert fetched is not None
    loaded, built = fetched[1].index, building.build().index
    for text in ("", "nuôi lợn", "chan nuoi", "trau boo", "9.000002", "zzzz"):
        ours, theirs = built.search(text), loaded.search(text)
        assert ours.entries == theirs.entries, text
        assert (ours.words, ours.read_as) == (theirs.words, theirs.read_as), text


def test_the_old_one_answers_until_the_new_one_is_there(large: None) -> None:
    building.store_missing()
    assert codes("trau bo") == []
    publish(2, "Chăn trâu bò")
    assert not serving.refresh()
    assert codes("trau bo") == []
    assert codes("nuoi lon") == ["9.000001"]
    building.store_missing()
    assert serving.refresh()
    assert codes("trau bo") == ["9.000002"]
    assert not serving.refresh()


def test_old_indexes_go_and_those_of_another_program_stay_for_a_day(large: None) -> None:
    building.store_missing()
    other = StoredIndex.objects.create(
        token=CatalogueStamp.objects.get().token, day=timezone.localdate(), layout="another", content=b""
    )
    publish(2, "Chăn trâu bò")
    building.store_missing()
    assert StoredIndex.objects.count() == 2
    StoredIndex.objects.filter(pk=other.pk).update(made_at=timezone.now() - building.OTHER_LAYOUTS_KEPT * 2)
    publish(3, "Chăn dê")
    building.store_missing()
    assert StoredIndex.objects.get().token == CatalogueStamp.objects.get().token


def test_who_was_overtaken_while_building_leaves_the_newer_index(large: None, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = building.packed

    def slowly(folder: Path) -> bytes:
        monkeypatch.setattr(building, "packed", packed)
        publish(2, "Nuôi bò")
        assert building.store_missing(), "another process is quicker"
        return packed(folder)

    monkeypatch.setattr(building, "packed", slowly)
    assert building.store_missing()
    assert building.is_stored(building.present())


def test_without_a_worker_a_process_helps_itself_after_a_minute(large: None, monkeypatch: pytest.MonkeyPatch) -> None:
    building.store_missing()
    codes("")
    publish(2, "Chăn trâu bò")
    now = [1000.0]
    monkeypatch.setattr(serving.time, "monotonic", lambda: now[0])
    assert not serving.refresh()
    now[0] += serving.PATIENCE - 1
    assert not serving.refresh()
    now[0] += 1
    assert serving.refresh()
    assert codes("trau bo") == ["9.000002"]


def test_a_process_that_starts_takes_the_newest_there_is(large: None) -> None:
    building.store_missing()
    publish(2, "Chăn trâu bò")
    assert codes("nuoi lon") == ["9.000001"]
    assert codes("trau bo") == [], "nobody waits ten seconds for the newest record"


def test_a_server_has_it_before_the_first_visitor(large: None) -> None:
    building.store_missing()
    assert serving.refresh()
    assert not serving.refresh()


def test_with_nothing_stored_the_first_search_builds_it(large: None) -> None:
    assert codes("nuoi lon") == ["9.000001"]


def test_a_catalogue_that_grows_large_goes_on_answering(monkeypatch: pytest.MonkeyPatch) -> None:
    publish_lists()
    publish(1, "Nuôi lợn")
    assert codes("nuoi lon") == ["9.000001"]
    monkeypatch.setattr(building, "SMALL", 1)
    publish(2, "Chăn trâu bò")
    assert codes("nuoi lon") == ["9.000001"]
    building.store_missing()
    assert serving.refresh()
    assert codes("trau bo") == ["9.000002"]


def test_a_day_that_begins_asks_for_another_index(large: None, monkeypatch: pytest.MonkeyPatch) -> None:
    building.store_missing()
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    monkeypatch.setattr(building.timezone, "localdate", lambda: tomorrow)
    assert building.store_missing()
    assert StoredIndex.objects.get().day == tomorrow


@pytest.mark.django_db(transaction=True)
def test_what_is_published_together_is_indexed_by_one_job(run_jobs: Callable[..., list[str]], large: Any) -> None:
    publish(2, "Chăn trâu bò")
    publish(3, "Chăn dê")
    later = timezone.now() + timezone.timedelta(seconds=10)
    assert run_jobs(until=later) == ["procedures.store_index"]
    assert StoredIndex.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_while_an_import_is_at_work_nothing_is_indexed(run_jobs: Callable[..., list[str]], large: Any) -> None:
    later = timezone.now() + timezone.timedelta(seconds=10)
    with importing.only_import(wait=False):
        assert importing.is_at_work()
        assert run_jobs(until=later) == ["procedures.store_index"]
        assert not StoredIndex.objects.exists()
    assert not importing.is_at_work()
    tasks.keep_index(0)
    assert StoredIndex.objects.count() == 1


def of_another_program(form: str = "") -> None:
    """What is stored becomes that of the version before an update."""
    StoredIndex.objects.update(layout=(form or building._form()) + "before")


def test_after_an_update_the_old_programs_index_answers_until_the_new_one_is_there(large: None) -> None:
    building.store_missing()
    of_another_program()
    assert codes("nuoi lon") == ["9.000001"]
    assert not serving.refresh(), "a worker is expected to build it"
    assert building.store_missing()
    assert serving.refresh()
    assert not serving.refresh()


def test_an_index_written_in_another_form_is_left_alone(large: None) -> None:
    building.store_missing()
    of_another_program(form="0123456789")
    assert building.fetch(None) is None
    assert codes("nuoi lon") == ["9.000001"], "the first search builds its own"


def test_an_update_builds_the_index_with_its_tables(large: None) -> None:
    call_command("migrate", verbosity=0)
    assert building.is_stored(building.present())
    said = StringIO()
    call_command("migrate", verbosity=1, stdout=said)
    assert "index" not in said.getvalue(), "it is there already"


def test_on_a_full_disk_the_catalogue_at_hand_goes_on_answering(large: None, monkeypatch: pytest.MonkeyPatch) -> None:
    building.store_missing()
    assert codes("nuoi lon") == ["9.000001"]
    publish(2, "Chăn trâu bò")
    building.store_missing()
    with monkeypatch.context() as full:
        full.setattr(building, "unpack", no_space)
        assert not serving.refresh()
        assert codes("nuoi lon") == ["9.000001"]
    assert serving.refresh()
    assert codes("trau bo") == ["9.000002"]


def test_a_process_that_starts_on_a_full_disk_searches_in_memory(large: None, monkeypatch: pytest.MonkeyPatch) -> None:
    building.store_missing()
    monkeypatch.setattr(building, "unpack", no_space)
    assert codes("nuoi lon") == ["9.000001"]


def no_space(content: bytes, folder: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_was_building_another_one_builds(
    run_jobs: Callable[..., list[str]], large: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building.tempfile, "gettempdir", lambda: str(tmp_path))
    left = tmp_path / "motcua-index-999999999-abc"
    left.mkdir()
    (left / "half.idx").write_bytes(b"half")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', scheduled_at = NULL")
    assert run_jobs() == []
    assert take_back() == 1
    assert run_jobs() == ["procedures.store_index"]
    assert building.is_stored(building.present())
    assert not left.exists(), "its folder is gone too"

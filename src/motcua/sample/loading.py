"""Fills an empty database with the sample ward, through the same services that serve people; and empties it again."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from motcua.accounts import services as accounts
from motcua.accounts.models import User
from motcua.agencies import services as agencies
from motcua.agencies.models import Agency, Role, Unit
from motcua.audit import services as audit
from motcua.delivery import services as delivery
from motcua.eforms import services as eforms
from motcua.eforms.models import FormDefinition
from motcua.offerings import services as offerings
from motcua.offerings.rules import Portal
from motcua.payments import services as payments
from motcua.places import services as places
from motcua.places.models import Unit as Place
from motcua.procedures import services as procedures
from motcua.procedures.importing.files import lines_of
from motcua.procedures.models import Procedure
from motcua.procedures.services import importing
from motcua.procedures.services.form_folder import hold_folder
from motcua.sample import dossiers, figures, people
from motcua.sample.marker import forget
from motcua.sample.models import SampleMark

# The sample shows every level, also on a machine that signs nothing: there nothing has to count by law.
WHOLE = Portal(statistics=True, signs=True)
FOLDER: Path = settings.PROJECT / "sample"
KEPT_TABLES = {"audit_event", "django_migrations", "django_content_type", "procrastinate_workers"}


def holds_data() -> bool:
    """Whether anybody has an account here, or a place is known."""
    return User.objects.exists() or Place.objects.exists()


def load() -> None:
    """Fill the database; all or nothing."""
    with transaction.atomic():
        SampleMark.objects.create(name=people.ward_name(), loaded_at=timezone.now())
        _load_places()
        _load_agencies()
        _load_postage()
        _load_people()
        _load_catalogue()
        _load_offerings()
        dossiers.load()
        figures.load()
    forget()


def reset() -> None:
    """Empty every table and the files, then load anew. The caller has checked that this is a sample."""
    with transaction.atomic():
        audit.reset_for_sample()
        tables = sorted(set(connection.introspection.table_names()) - KEPT_TABLES)
        quoted = ", ".join(connection.ops.quote_name(table) for table in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY CASCADE")
    shutil.rmtree(settings.DOCUMENTS_DIR, ignore_errors=True)
    for folder in ("peers", "mail"):
        shutil.rmtree(settings.RUN_DIR / folder, ignore_errors=True)
    forget()
    load()


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def _load_places() -> None:
    places.load_units()
    for place in _read("agencies.json")["places"]:
        places.add_unit(**place)


def _load_agencies() -> None:
    for calendar in _read("calendars.json"):
        agencies.set_calendar(calendar.pop("code"), by=None, **calendar)
    opened: dict[str, Agency] = {}
    for facts in _read("agencies.json")["agencies"]:
        facts["parent"] = opened.get(facts["parent"])
        facts["place"] = Place.objects.get(pk=facts["place"])
        facts["calendar_id"] = facts.pop("calendar")
        agency = agencies.open_agency(by=None, units=facts.pop("units"), **facts)
        opened[agency.code] = agency
    for payee in _read("payees.json"):
        payments.set_payee(opened[payee.pop("agency")], by=None, **payee)


def _load_postage() -> None:
    prices = _read("postage.json")
    since = date.fromisoformat(prices.pop("since"))
    delivery.set_postage(prices["rates"], since=since, ground=prices["ground"], by=None)


def _load_people() -> None:
    for person in people.officers():
        user = accounts.open_officer(
            person["handle"], person["full_name"], people.password_of(person), accounts.new_secret(),
            phone=person.get("phone", ""), by=None,
        )  # fmt: skip
        unit = Unit.objects.get(agency__code=person["agency"], code=person["unit"])
        roles = [Role(role) for role in person["roles"]]
        agencies.appoint(user, unit, title=person["title"], roles=roles, since=date(2025, 7, 1), by=None)
    for person in people.citizens():
        facts = {**person, "birth_date": date.fromisoformat(person["birth_date"])}
        facts["residence"] = Place.objects.get(pk=facts["residence"])
        accounts.open_citizen(password=people.password_of(person), by=None, **facts)


def _load_catalogue() -> None:
    for form in sorted((FOLDER / "forms").glob("*.json")):
        eforms.publish_form(json.loads(form.read_text(encoding="utf-8")), by=None)
    procedures.set_fields(_read("fields.json"), by=None)
    procedures.set_life_events(_read("life_events.json"), by=None)
    for record in sorted((FOLDER / "procedures").glob("*.json")):
        procedures.publish_record(json.loads(record.read_text(encoding="utf-8")), by=None)
    procedures.set_fee_reliefs(_read("fee_reliefs.json"), by=None)
    _import_catalogue()


def _import_catalogue() -> None:
    """The province's own small procedures, as messy as catalogues are: something for the editors' queue."""
    file = "catalogue.jsonl"
    with importing.only_import(wait=True):
        importing.import_lines(lines_of([str(FOLDER / file)]), by=None, files=[file])
    hold_folder(FOLDER / "form_files", by=None)  # one of them can be taken home; the others only name their forms


def _load_offerings() -> None:
    for offering in _read("offerings.json"):
        key = offering.pop("form")  # null: paper only
        form = FormDefinition.objects.filter(key=key).latest("version") if key else None
        offerings.publish_offering(
            Agency.objects.get(code=offering.pop("agency")),
            Procedure.objects.get(code=offering.pop("procedure")),
            by=None,
            form=form,
            portal=WHOLE,
            **offering,
        )

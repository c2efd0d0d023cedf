"""The ward that is measured: the sample, a dossier in each stage, copies of them, and drafts ready to be handed in."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benching import heavy, paying, seed, walk
from benching.browser import Inside

ACCOUNTS = 2_000
VISITORS = 8  # at most so many ask at a time; each has drafts of their own


@dataclass
class Ward:
    """What the questions are about."""

    dossiers: int
    drafts_wanted: int
    photo: bytes = field(default_factory=walk.photograph)
    person: Any = None
    officers: dict[str, Any] = field(default_factory=dict)
    users: list[int] = field(default_factory=list)
    typed: dict[str, Sequence[str]] = field(default_factory=dict)
    steps: list[walk.Step] = field(default_factory=list)
    agency: str = ""
    drafts: dict[int, list[str]] = field(default_factory=dict)  # by account
    waiting: list[str] = field(default_factory=list)  # handed in, not accepted yet
    refs: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)  # of money that came, told by VNPAY
    heavy: str = ""  # a dossier of 40 answers and 12 papers

    def prepare(self) -> None:
        """Tables, the sample ward, its dossiers; prints how long the copies took."""
        import django

        django.setup()
        from motcua.config.cli.preparing import prepare
        from motcua.dossiers.models import Dossier

        prepare()
        self._find_people()
        self.steps = self._walked()[1]
        began = time.perf_counter()
        self.users = seed.citizens(ACCOUNTS, self.person)
        seed.copy_all(seed.stages(self._submitted, self.officers), self.dossiers, self.users)
        self.heavy = heavy.heavy(self._version(), self.person, self.officers)
        made = seed.copy_drafts(self._walked()[0], self.drafts_wanted, self.users[:VISITORS], self.dossiers + 1)
        for user, ref in made:
            self.drafts.setdefault(user, []).append(ref)
        owes = Dossier.objects.filter(payment_state="asked").earliest("pk")
        first = self.dossiers + self.drafts_wanted + 1
        self.notices = paying.owing(owes, max(self.dossiers // 8, 250), self.users, first)
        _settle()
        filed = Dossier.objects.exclude(state="draft").order_by("pk")
        self.waiting = list(filed.filter(state="submitted").values_list("ref", flat=True))
        self.refs = list(filed.values_list("ref", flat=True)[:1000])
        print(f"{filed.count():,} dossiers, {time.perf_counter() - began:.1f} s", flush=True)

    def _find_people(self) -> None:
        from motcua.accounts.models import User
        from motcua.offerings.models import Offering
        from motcua.sample import people

        offering = Offering.objects.select_related("agency").get(procedure__code=walk.PROCEDURE, open=True)
        self.agency = offering.agency.slug
        number = people.citizens()[1]["personal_number"]
        self.person = User.objects.select_related("residence").get(personal_number=number)
        units = {step.role: step.unit.code for step in self._version().steps.select_related("unit")}
        for officer in people.officers():
            if officer["agency"] == offering.agency.code:
                user = User.objects.get(handle=officer["handle"])
                own = [role for role in officer["roles"] if units.get(role, officer["unit"]) == officer["unit"]]
                self.officers |= dict.fromkeys(own, user)
        self.typed = walk.answers(self.person)

    def _version(self) -> Any:
        from motcua.offerings.models import OfferingVersion

        versions = OfferingVersion.objects.select_related("offering__agency", "form")
        return versions.filter(offering__procedure__code=walk.PROCEDURE).latest("number")

    def _walked(self) -> tuple[Any, list[walk.Step]]:
        """A complete draft that wasn't handed in, and the way to it."""
        from motcua.dossiers.models import Dossier
        from motcua.dossiers.queries.drafts import form_of

        inside = Inside(self.person)
        ref = walk.begin(inside, self.agency)
        pages = form_of(Dossier.objects.select_related("offering_version__form").get(ref=ref)).page_of
        steps = walk.learn(inside, ref, self.typed, dict(pages), self.photo)
        return Dossier.objects.get(ref=ref), steps

    def _submitted(self) -> Any:
        from motcua.dossiers.services import submission

        return submission.submit(self._walked()[0], by=self.person)


def _settle() -> None:
    """As in a portal that runs: new keys go on after the copies, audit events are sealed, statistics are fresh."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    from motcua.audit.services import seal_pending, verify

    tables = list(apps.get_app_config("dossiers").get_models())
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
    seal_pending()
    found = verify()
    if not found.ok:
        raise SystemExit(f"bench: the copies broke the audit chain: {found.trouble}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")

"""Reads for the counter (tiếp nhận tại quầy): the cases that are being typed in, their papers, what they still lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.accounts.models import User
from motcua.agencies.models import Role
from motcua.agencies.queries import posts_of, working_calendar
from motcua.dossiers.models import AT_COUNTER, Attachment, Dossier, PaperTaken, State
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.clocks import clock_from
from motcua.dossiers.queries.drafts import DELIVERY, PAPERS, Problem
from motcua.dossiers.rules import counter as rules
from motcua.dossiers.rules import delivery as delivery_rules
from motcua.dossiers.rules.fees import fee_total
from motcua.offerings.models import OfferingVersion
from motcua.offerings.queries import in_force
from motcua.procedures.models import Requirement
from motcua.procedures.queries import by_codes, requirements_for
from motcua.procedures.search import search

MOST_FOUND = 12  # procedures on the page: an agency of a ward offers hardly more


@dataclass(frozen=True)
class Taken:
    """A paper as the counter's table shows it: how many were taken in, and what was scanned."""

    requirement: Requirement
    required: bool
    files: tuple[Attachment, ...]
    originals: int = 0
    certified: int = 0
    copies: int = 0
    is_declaration: bool = False  # typed in here, printed and signed on the spot

    @property
    def key(self) -> str:
        """The requirement's."""
        return self.requirement.key

    @property
    def counts(self) -> tuple[int, int, int]:
        """Originals, certified copies, plain copies."""
        return self.originals, self.certified, self.copies

    @property
    def is_in(self) -> bool:
        """Whether anything of it was taken in or scanned."""
        return bool(any(self.counts) or self.files)

    @property
    def is_missing(self) -> bool:
        """Whether the dossier can't be taken in without it."""
        return self.required and not self.is_in

    @property
    def left(self) -> int:
        """How many more files it may have; the declaration that is typed in needs none."""
        return 0 if self.is_declaration else max(0, self.requirement.max_files - len(self.files))


@dataclass(frozen=True)
class Offered:
    """A service that the officer's agency offers, in the words of its record."""

    version: OfferingVersion
    code: str
    name: str
    limit: str


def cases_at(user: User) -> list[Dossier]:
    """What is being typed in at the counters where this officer takes in, last saved first."""
    agencies = {post.unit.agency_id for post in posts_of(user) if Role.RECEPTION in post.roles}
    rows = Dossier.objects.filter(AT_COUNTER, agency__in=agencies)
    return list(rows.select_related("procedure_version", "user", "counter_case__saved_by").order_by("-saved_at", "-pk"))


def earlier_of(user: User) -> int:
    """How many dossiers were handed in with this account before."""
    return Dossier.objects.filter(user=user).exclude(state=State.DRAFT).count()


def offered_at(user: User, text: str = "") -> list[Offered]:
    """What can be handed in at the counters where this officer takes in, best match first; all of it for no text."""
    agencies = {post.unit.agency_id for post in posts_of(user) if Role.RECEPTION in post.roles}
    versions = {one.offering.procedure.code: one for one in in_force().filter(offering__agency__in=agencies)}
    codes = [hit.code for hit in search(text).hits if hit.code in versions] if text else sorted(versions)
    records = by_codes(codes[:MOST_FOUND])
    return [
        Offered(versions[code], code, records[code].short_name, rules.limit_words(versions[code]))
        for code in codes[:MOST_FOUND]
        if code in records
    ]


# ---- One case ----


def papers(draft: Dossier) -> list[Taken]:
    """The papers that the answers call for, the declaration among them, in the record's order."""
    counted = {row.requirement_key: row for row in draft.papers_taken.all()}
    scanned = {paper.key: paper.files for paper in reads.papers(draft, signatures=False)}
    declares = draft.offering_version.form_id is not None
    found = []
    for needed in requirements_for(draft.procedure_version, reads.shown_answers(draft)):
        form = needed.requirement.form
        if form == Requirement.Form.NOTHING:
            continue
        files = scanned.get(needed.requirement.key, ())
        row = counted.get(needed.requirement.key) or PaperTaken()
        typed = declares and form == Requirement.Form.EFORM
        found.append(Taken(needed.requirement, needed.required, files, row.originals, row.certified, row.copies, typed))
    return found


def not_collected(draft: Dossier) -> list[Requirement]:
    """What nobody has to hand in, since the agency looks it up itself (không thu)."""
    found = requirements_for(draft.procedure_version, reads.shown_answers(draft))
    return [one.requirement for one in found if one.requirement.form == Requirement.Form.NOTHING]


def receive_ways(draft: Dossier) -> list[str]:
    """How the result can be received: as the service offers it, and at the desk, which everybody may come to."""
    return rules.receive_ways(draft.offering_version.receive_ways)


def pay_ways(draft: Dossier) -> list[str]:
    """How the fee can be paid: now; or with the result, unless the clock waits for the money."""
    return rules.pay_ways(draft.offering_version)


def owes_now(draft: Dossier) -> int:
    """What the officer takes at the moment of receiving, in đồng."""
    paid_now = draft.delivery.get("pay") == OfferingVersion.Pay.DESK_BEFORE
    return fee_total(reads.quote(draft)) if paid_now else 0


def promise(draft: Dossier, now: datetime) -> datetime | None:
    """When the result will be ready if it is taken in now."""
    return clock_from(draft.offering_version, now, working_calendar(draft.agency)).due_at


def problems(draft: Dossier, found: Sequence[Taken] | None = None) -> list[Problem]:
    """Everything that keeps the case from being received, in the order of the page."""
    kept = [one for one in reads.problems(draft) if one.part not in {PAPERS, DELIVERY}]
    found = papers(draft) if found is None else found
    return [*kept, *paper_problems(found), *delivery_problems(draft)]


def missing_papers(draft: Dossier) -> list[Taken]:
    """The papers that the person must bring; the declaration isn't among them, it is printed and signed here."""
    return [paper for paper in papers(draft) if paper.is_missing and not paper.is_declaration]


def problems_but_papers(draft: Dossier) -> list[Problem]:
    """What is missing or wrong besides papers to bring: that can be mended while the person stands here."""
    found = papers(draft)
    return problems(draft, [paper for paper in found if paper.is_declaration or not paper.is_missing])


def paper_problems(found: Sequence[Taken]) -> list[Problem]:
    """The papers that must be there and were neither counted nor scanned; the declaration must be signed on paper."""
    lacking = []
    for paper in found:
        if paper.is_declaration and paper.required and not paper.originals:
            lacking.append((paper.key, "In tờ khai, người nộp ký, rồi ghi 1 bản chính"))
        elif paper.is_missing:
            lacking.append((paper.key, f"Ghi số bản đã nhận hoặc quét “{paper.requirement.name}”"))
    return [Problem(PAPERS, "", f"ban-{key}-chinh", message) for key, message in lacking]


def delivery_problems(draft: Dossier) -> list[Problem]:
    """What is missing on ways and fee."""
    offered = delivery_rules.Offered(
        hand_in_ways=[delivery_rules.HandIn.DESK],
        receive_ways=receive_ways(draft),
        pay_ways=pay_ways(draft),
        owes=fee_total(reads.quote(draft)) > 0,
        has_email=bool(draft.user.email_verified_at),
    )
    found = delivery_rules.problems(draft.delivery, offered)
    return [Problem(DELIVERY, "", field.replace("_", "-"), message, field) for field, message in found]

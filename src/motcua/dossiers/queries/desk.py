"""The officers' worklist: queues with counts, filters, rows by due time. More rows don't mean more queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import Case, Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Post, Role
from motcua.agencies.queries import posts_of, working_calendar
from motcua.core.ids import tidy_ref
from motcua.core.text import fold
from motcua.core.worktime import VIETNAM, Calendar, local
from motcua.dossiers.models import Apology, DeliveryState, Dossier, PaymentState, State, SupplementRequest
from motcua.dossiers.queries.endings import apology_of, lateness_of
from motcua.dossiers.queries.money import to_give_back
from motcua.dossiers.queries.posting import arriving
from motcua.dossiers.rules.states import ENDED
from motcua.procedures.models import ProcedureVersion

PER_PAGE = 25
DONE = "da-xong"
MINE = "can-lam"
NEW, OWING, GIVE_BACK, POST = "cho-tiep-nhan", "cho-phi", "phai-hoan", "buu-chinh"
# Handed in, but the desk's hours haven't begun: nobody can act on it but the one who pays.
WAITS_FOR_FEE = Q(state=State.SUBMITTED, payment_state=PaymentState.ASKED)
# The result is done, and lies with the post: nobody can do anything but wait for the post's word.
AT_POST = Q(state=State.ISSUED, delivery_state=DeliveryState.AT_POST)
TO_POST = Q(state=State.ISSUED, delivery_state=DeliveryState.TO_POST)
# Declared online, and filed only when the post has brought the papers.
WAITS_FOR_PAPERS = Q(state=State.SUBMITTED, delivery__hand_in="buu-chinh", answer_by=None)


@dataclass(frozen=True)
class Queue:
    """A line of work: dossiers in some states, shown to some roles (to all, if none is named)."""

    slug: str
    name: str
    states: frozenset[State]
    roles: frozenset[Role] = frozenset()


def _queue(slug: str, name: str, states: Iterable[State], *roles: Role) -> Queue:
    return Queue(slug, name, frozenset(states), frozenset(roles))


# What each role must act on; together they are "Cần tôi xử lý".
TO_DO = {
    Role.RECEPTION: {State.SUBMITTED, State.ISSUED},
    Role.REGISTRAR: {State.ACCEPTED, State.PROCESSING},
    Role.LEADER: {State.SIGNING, State.REFUSING},
    Role.CLERK: {State.APPROVED},
}
QUEUES = (
    _queue(NEW, "Chờ tiếp nhận", [State.SUBMITTED], Role.RECEPTION),
    _queue(OWING, "Chờ nộp phí", [State.SUBMITTED], Role.RECEPTION),
    _queue("cho-tra", "Chờ trả kết quả", [State.ISSUED], Role.RECEPTION),
    _queue(POST, "Gửi bưu chính", [State.ISSUED], Role.RECEPTION),
    _queue(GIVE_BACK, "Phải hoàn tiền", [], Role.LEADER, Role.RECEPTION),
    _queue("moi-tiep-nhan", "Mới tiếp nhận", [State.ACCEPTED], Role.REGISTRAR),
    _queue("dang-thu-ly", "Đang thụ lý", [State.PROCESSING], Role.REGISTRAR),
    _queue("cho-ky", "Chờ ký", [State.SIGNING, State.REFUSING], Role.LEADER, Role.REGISTRAR),
    _queue("cho-vao-so", "Chờ vào sổ", [State.APPROVED], Role.CLERK, Role.REGISTRAR),
    _queue("cho-nguoi-dan", "Chờ người dân", [State.SUPPLEMENT, State.CONFIRMING]),
    _queue("tat-ca", "Tất cả đang giải quyết", set(State) - ENDED - {State.DRAFT}),
    _queue(DONE, "Đã xong tháng này", {*ENDED, State.ISSUED}),
)


@dataclass(frozen=True)
class Filters:
    """What the officer looks at. `due` is "", "qua-han", "hom-nay", "ngay-mai" or "sau-do"."""

    queue: str = MINE
    due: str = ""
    text: str = ""
    procedure: str = ""
    channel: str = ""
    newest_first: bool = False
    page: int = 1


@dataclass(frozen=True)
class DueCounts:
    """How many of a queue are late, due today, tomorrow, later, and without a due time."""

    late: int
    today: int
    tomorrow: int
    later: int
    none: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.late + self.today + self.tomorrow + self.later + self.none


@dataclass(frozen=True)
class Row:
    """A dossier in the list: its deadline, and how much working time is left, or is over."""

    dossier: Dossier
    deadline: datetime | None
    due: str  # as in `Filters.due`; "khong-han" without a deadline
    time: timedelta
    apology: Apology | None = None
    last_day: bool = False  # today an apology still moves the promise, tomorrow no longer
    brought: bool = False  # the post has brought papers or money that somebody must look into


@dataclass(frozen=True)
class Worklist:
    """A page of the list, with all that stands around it."""

    queues: list[tuple[Queue, int]]
    current: Queue
    counts: DueCounts
    found: int  # rows that the filters let through
    rows: list[Row]
    page: int
    pages: int
    procedures: list[tuple[str, str]]  # code and short name, for the filter

    @property
    def first(self) -> int:
        """The number of the first row of the page, from 1."""
        return (self.page - 1) * PER_PAGE + 1


def worklist(user: User, filters: Filters) -> Worklist:
    """The officer's list, by due time."""
    posts = posts_of(user)
    agencies = {post.unit.agency for post in posts}
    roles = {Role(role) for post in posts for role in post.roles}
    now = timezone.now()
    base = _dossiers(agencies)
    queues = queues_for(roles)
    current = next((queue for queue in queues if queue.slug == filters.queue), queues[0])
    looker = _looker(posts, now)
    chosen = _narrowed(base.filter(_states(current, looker)), filters)
    counts = _due_counts(chosen, now)
    rows = chosen.filter(_due(filters.due, now)) if filters.due else chosen
    found = _found(counts, filters.due)
    pages = max(1, -(-found // PER_PAGE))
    page = min(max(filters.page, 1), pages)
    ordered = rows.order_by("-submitted_at", "-pk") if filters.newest_first else _by_deadline(rows)
    joined = ordered.select_related("procedure_version", "step", "held_by", "apology")
    shown = joined.annotate(supplement_over=_supplement_over(now))[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Worklist(
        queues=_counted(base, queues, looker),
        current=current,
        counts=counts,
        found=found,
        rows=_rows(shown, _calendar(agencies), looker),
        page=page,
        pages=pages,
        procedures=_procedures(base),
    )


def queues_for(roles: Collection[Role]) -> list[Queue]:
    """The queues that these roles see; what they must act on comes first."""
    mine = frozenset(state for role in roles for state in TO_DO.get(role, ()))
    seen = [queue for queue in QUEUES if not queue.roles or queue.roles & set(roles)]
    return [Queue(MINE, "Cần tôi xử lý", mine), *seen]


def counts(user: User) -> dict[str, int]:
    """How many dossiers are in each queue that this officer sees, by the queue's slug."""
    posts = posts_of(user)
    roles = {Role(role) for post in posts for role in post.roles}
    agencies = {post.unit.agency for post in posts}
    looker = _looker(posts, timezone.now())
    counted = _counted(_dossiers(agencies), queues_for(roles), looker)
    return {queue.slug: count for queue, count in counted}


def next_of(posts: Collection[Post], dossier: Dossier) -> Dossier | None:
    """Another dossier that somebody with these posts must act on, the most pressing; None if this is the last."""
    roles = {Role(role) for post in posts for role in post.roles}
    looker = Looker(timezone.now(), _mine(posts))
    mine = _dossiers({post.unit.agency for post in posts}).filter(_states(queues_for(roles)[0], looker))
    return _by_deadline(mine.exclude(pk=dossier.pk)).first()


# ---- How rows are chosen ----


def _dossiers(agencies: Collection[Agency]) -> "QuerySet[Dossier]":
    """All dossiers of these agencies, each with its deadline: to be answered, or finished; None: no clock runs."""
    deadline = Case(
        When(finished_at__isnull=False, then=Value(None)),
        default=Coalesce(F("due_at"), F("answer_by")),
        output_field=DateTimeField(null=True),
    )
    return Dossier.objects.filter(agency__in=agencies).exclude(state=State.DRAFT).annotate(deadline=deadline)


@dataclass(frozen=True)
class Looker:
    """Who looks at the lists, and when.

    Attributes:
        mine: which dossiers of the right state are this officer's own affair.
        back: the numbers of dossiers with money to be given back.
        arriving: the numbers of dossiers for which the postman brings something.
    """

    now: datetime
    mine: Q
    back: Collection[str] = ()
    arriving: Collection[str] = ()


def _looker(posts: Collection[Post], now: datetime) -> Looker:
    roles = {Role(role) for post in posts for role in post.roles}
    agencies = {post.unit.agency for post in posts}
    back = to_give_back(agencies) if roles & {Role.LEADER, Role.RECEPTION} else set()
    return Looker(now, _mine(posts), back, arriving(agencies) if Role.RECEPTION in roles else set())


def _mine(posts: Collection[Post]) -> Q:
    """What lies at a step of one's own units and isn't in a colleague's hands."""
    units, users = {post.unit_id for post in posts}, {post.user_id for post in posts}
    here = Q(step=None) | Q(step__unit__in=units)
    return here & (~Q(state=State.PROCESSING) | Q(held_by=None) | Q(held_by__in=users))


def _states(queue: Queue, looker: Looker) -> Q:
    """The dossiers of a queue."""
    if queue.slug == OWING:
        return WAITS_FOR_FEE
    if queue.slug == GIVE_BACK:
        return Q(ref__in=looker.back)
    arriving = Q(ref__in=looker.arriving)
    if queue.slug == POST:
        return TO_POST | arriving
    chosen = Q(state__in=queue.states)
    if queue.slug == MINE:
        return (chosen & ~WAITS_FOR_FEE & ~WAITS_FOR_PAPERS & ~AT_POST & looker.mine) | arriving
    if queue.slug == NEW:
        return chosen & ~WAITS_FOR_FEE
    if queue.slug != DONE:
        return chosen
    start = local(looker.now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return chosen & Q(finished_at__gte=start)


def _narrowed(rows: "QuerySet[Dossier]", filters: Filters) -> "QuerySet[Dossier]":
    if filters.procedure:
        rows = rows.filter(procedure_version__procedure__code=filters.procedure)
    if filters.channel:
        rows = rows.filter(delivery__hand_in=filters.channel)
    return rows.filter(_matches(filters.text)) if filters.text.strip() else rows


def _matches(text: str) -> Q:
    """By code or submission number, or by every word of a name without accents; a personal number may have spaces."""
    number = tidy_ref(text)
    by_number = Q(code__icontains=number) | Q(ref__icontains=number)
    digits = "".join(text.split())
    words = [digits] if digits.isdigit() else fold(text).split()
    by_words = Q()
    for word in words:
        by_words &= Q(folded__contains=word)
    return by_number | by_words


def _days(now: datetime) -> tuple[datetime, datetime]:
    """The ends of today and of tomorrow."""
    midnight = datetime.combine(local(now).date() + timedelta(days=1), time.min, VIETNAM)
    return midnight, midnight + timedelta(days=1)


def _due(due: str, now: datetime) -> Q:
    today, tomorrow = _days(now)
    return {
        "qua-han": Q(deadline__lt=now),
        "hom-nay": Q(deadline__gte=now, deadline__lt=today),
        "ngay-mai": Q(deadline__gte=today, deadline__lt=tomorrow),
        "sau-do": Q(deadline__gte=tomorrow),
    }.get(due, Q())


def _supplement_over(now: datetime) -> Exists:
    """Whether the time for a supplement is over and nothing has come; asked of the rows of a page only."""
    return Exists(SupplementRequest.objects.filter(dossier=OuterRef("pk"), outcome="", answer_by__lt=now))


def _due_counts(rows: "QuerySet[Dossier]", now: datetime) -> DueCounts:
    numbers = rows.aggregate(
        late=Count("pk", filter=_due("qua-han", now)),
        today=Count("pk", filter=_due("hom-nay", now)),
        tomorrow=Count("pk", filter=_due("ngay-mai", now)),
        later=Count("pk", filter=_due("sau-do", now)),
        none=Count("pk", filter=Q(deadline=None)),
    )
    return DueCounts(**numbers)


def _found(counts: DueCounts, due: str) -> int:
    return {
        "qua-han": counts.late,
        "hom-nay": counts.today,
        "ngay-mai": counts.tomorrow,
        "sau-do": counts.later,
    }.get(due, counts.total)


def _by_deadline(rows: "QuerySet[Dossier]") -> "QuerySet[Dossier]":
    return rows.order_by(F("deadline").asc(nulls_last=True), "submitted_at", "pk")


def _counted(base: "QuerySet[Dossier]", queues: list[Queue], looker: Looker) -> list[tuple[Queue, int]]:
    # Most dossiers of a ward are done long ago; without this they would all be read to count those that aren't.
    in_any = reduce(or_, (_states(queue, looker) for queue in queues))
    numbers = base.filter(in_any).aggregate(
        **{f"n{index}": Count("pk", filter=_states(queue, looker)) for index, queue in enumerate(queues)}
    )
    return [(queue, numbers[f"n{index}"]) for index, queue in enumerate(queues)]


def _procedures(base: "QuerySet[Dossier]") -> list[tuple[str, str]]:
    # Asked of the few versions, not of the many dossiers: each needs to find only one.
    used = ProcedureVersion.objects.filter(Exists(base.filter(procedure_version=OuterRef("pk"))))
    return list(dict(used.order_by("short_name").values_list("procedure__code", "short_name")).items())


def _calendar(agencies: Collection[Agency]) -> Calendar | None:
    """One calendar is enough: an officer's agencies share their hours, or the list says it a little wrongly."""
    agency = next(iter(sorted(agencies, key=lambda one: one.pk)), None)
    return working_calendar(agency) if agency else None


def _rows(shown: Iterable[Dossier], calendar: Calendar | None, looker: Looker) -> list[Row]:
    now = looker.now
    today, tomorrow = _days(now)
    rows = []
    for dossier in shown:
        brought = dossier.ref in looker.arriving
        deadline: datetime | None = dossier.deadline  # type: ignore[attr-defined]  # annotated in `_dossiers`
        if deadline is None or calendar is None:
            rows.append(Row(dossier, None, "khong-han", timedelta(), brought=brought))
            continue
        late = deadline < now
        due = "qua-han" if late else "hom-nay" if deadline < today else "ngay-mai" if deadline < tomorrow else "sau-do"
        span = calendar.time_between(deadline, now) if late else calendar.time_between(now, deadline)
        late_so_far = None if deadline != dossier.due_at else lateness_of(dossier, now, calendar)
        last_day = late_so_far is not None and late_so_far.last_day
        rows.append(Row(dossier, deadline, due, span, apology_of(dossier), last_day, brought))
    return rows

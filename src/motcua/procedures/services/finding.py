"""Acts on what is found: other words, results on top, and what people typed without finding it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from motcua.audit.services import HasName, record
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import hit
from motcua.core.text import clean, fold
from motcua.procedures.models import PinnedResult, Procedure, SearchDay, Synonym, UnmetSearch
from motcua.procedures.services.stamp import hold_stamp, move_stamp

# A text is shown to staff once so many different visitors have typed it, on so many days (docs/decisions/0027).
ENOUGH_VISITORS = 5
ENOUGH_DAYS = 2
LONGEST = 100  # letters; longer texts tell a story, and nobody else types the same
COUNTED_PER_HOUR = 20  # of one visitor
FORGOTTEN_AFTER = timedelta(days=30)  # without enough visitors
OLD_AFTER = timedelta(days=365)
MOST_PINS = 5  # for one text

_DIGITS = re.compile(r"\d")


# ---- What staff set ----


@transaction.atomic
def set_synonym(said: str, meant: Sequence[str], *, by: HasName | None, changing: Synonym | None = None) -> Synonym:
    """Let the search read what people say as what the catalogue writes; searched for within a minute.

    Args:
        said: what people type: "sổ đỏ".
        meant: one or several ways to write it; any of them.
        by: who.
        changing: the one that is corrected; None: it is new.

    Raises:
        BusinessError: nothing is said or meant, both are the same, or another one is there already.
    """
    said = clean(said).lower()
    meant = list(dict.fromkeys(text for text in (clean(one).lower() for one in meant) if text))
    if not said or not meant:
        raise BusinessError("Ghi cả cách nói của người dân và từ dùng trong văn bản.")
    if fold(said) in map(fold, meant):
        raise BusinessError("Cách nói và từ trong văn bản giống hệt nhau.")
    synonym = changing or Synonym()
    synonym.said, synonym.meant = said, meant
    try:
        with transaction.atomic():
            synonym.save()
    except IntegrityError:  # the database sees it, whoever was a moment earlier
        raise BusinessError(f"Đã có cách nói “{said}”. Xin sửa dòng đang có.") from None
    move_stamp()
    record("search.synonym_set", subject_kind="search", subject_ref=said[:60], actor=by, said=said, meant=meant)
    return synonym


@transaction.atomic
def drop_synonym(synonym: Synonym, *, by: HasName | None) -> None:
    """Read these words as they stand again."""
    said = synonym.said
    synonym.delete()
    move_stamp()
    record("search.synonym_dropped", subject_kind="search", subject_ref=said[:60], actor=by, said=said)


@transaction.atomic
def pin_results(
    typed: str, codes: Sequence[str], *, by: HasName | None, changing: str | None = None
) -> list[PinnedResult]:
    """Put procedures on top, in this order, for exactly what is typed; none takes the pins away.

    Args:
        typed: what people type, with accents or without.
        codes: numbers of procedures.
        by: who.
        changing: the text whose pins are corrected; None: they are new.

    Raises:
        BusinessError: nothing is typed, too many procedures, a number that the catalogue doesn't have, or the text has
            pins already.
    """
    key = fold(typed)[:200]
    codes = list(dict.fromkeys(codes))
    if not key:
        raise BusinessError("Ghi từ khóa mà người dân gõ.")
    if len(codes) > MOST_PINS:
        raise BusinessError(f"Mỗi từ khóa ghim tối đa {MOST_PINS} thủ tục.")
    named = Procedure.objects.select_for_update().filter(code__in=codes).order_by("code")
    known = {procedure.code: procedure for procedure in named}
    missing = [code for code in codes if code not in known]
    if missing:
        raise BusinessError(f"Không có thủ tục mã {', '.join(missing)}.")
    hold_stamp()  # two who pin the same text come one after the other
    if key != changing and PinnedResult.objects.filter(typed=key).exists():
        raise BusinessError(f"Từ khóa “{key}” đã có thủ tục ghim. Xin sửa dòng đang có.")
    PinnedResult.objects.filter(typed__in=[key, changing or key]).delete()
    pins = PinnedResult.objects.bulk_create(
        PinnedResult(typed=key, procedure=known[code], position=place) for place, code in enumerate(codes, 1)
    )
    move_stamp()
    record("search.results_pinned", subject_kind="search", subject_ref=key[:60], actor=by, typed=key, codes=codes)
    return pins


@transaction.atomic
def settle_unmet(search: UnmetSearch, *, by: HasName) -> None:
    """Staff have seen to a text that found nothing: it leaves the list until it is typed again."""
    now = timezone.now()
    UnmetSearch.objects.filter(pk=search.pk).update(settled_at=now, settled_by=by.full_name, times=0)
    record("search.unmet_settled", subject_kind="search", subject_ref=search.text[:60], actor=by)


# ---- What people say by searching ----


def note_unmet(text: str, *, visitor: str, outcome: str = UnmetSearch.Outcome.NOTHING) -> bool:
    """Count a text for which nothing (right) was found; whether it was counted.

    Nobody is known by it: see docs/decisions/0027-searches-without-hits.md.

    Args:
        text: as it was typed.
        visitor: the address (`web.components.visitor`); never kept.
        outcome: `UnmetSearch.Outcome`.
    """
    shown = blanked(text)
    if not shown or not hit("search.unmet", visitor, limit=COUNTED_PER_HOUR, seconds=3600):
        return False
    today = timezone.localdate()
    _count(today, "nothing" if outcome == UnmetSearch.Outcome.NOTHING else "wrong")
    if len(shown) <= LONGEST:
        _count_text(shown, outcome, visitor, today)
    return True


def note_found(*, visitor: str) -> bool:
    """Somebody says that the results were what they looked for; whether it was counted."""
    if not hit("search.found", visitor, limit=COUNTED_PER_HOUR, seconds=3600):
        return False
    _count(timezone.localdate(), "found")
    return True


def forget_searches(today: date | None = None) -> int:
    """Delete what too few have typed for a month, and everything after a year; how many texts."""
    today = today or timezone.localdate()
    rare = Q(text="", last_day__lt=today - FORGOTTEN_AFTER)
    gone, _ = UnmetSearch.objects.filter(rare | Q(last_day__lt=today - OLD_AFTER)).delete()
    return gone


def blanked(text: str) -> str:
    """The text in small letters with "#" for each digit: a number in it may be somebody's."""
    return _DIGITS.sub("#", clean(text).lower())


@transaction.atomic
def _count_text(shown: str, outcome: str, visitor: str, today: date) -> None:
    mark = salted_hmac("motcua.search.unmet", f"{outcome}\n{fold(shown)}", algorithm="sha256").hexdigest()
    search, _ = UnmetSearch.objects.select_for_update().get_or_create(
        mark=mark, defaults={"outcome": outcome, "last_day": today, "times": 0}
    )
    search.times += 1
    search.last_day = today
    if not search.text:
        _count_visitor(search, shown, visitor, today)
    search.settled_at = None
    search.save(update_fields=["times", "last_day", "text", "visitors", "days", "settled_at"])


def _count_visitor(search: UnmetSearch, shown: str, visitor: str, today: date) -> None:
    """One more of those who must have typed it before anybody reads it; the last of them brings the text."""
    # Good for this text alone: no two rows can be brought together by it.
    who = salted_hmac("motcua.search.visitor", f"{search.mark}\n{visitor}", algorithm="sha256").hexdigest()[:16]
    search.visitors = list(dict.fromkeys([*search.visitors, who]))[: ENOUGH_VISITORS * 2]
    search.days = list(dict.fromkeys([*search.days, today]))[:ENOUGH_DAYS]
    if len(search.visitors) >= ENOUGH_VISITORS and len(search.days) >= ENOUGH_DAYS:
        search.text, search.visitors, search.days = shown, [], []


def _count(day: date, column: str) -> None:
    SearchDay.objects.get_or_create(day=day)
    SearchDay.objects.filter(day=day).update(**{column: F(column) + 1})

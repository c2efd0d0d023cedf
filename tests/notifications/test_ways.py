"""The rules of the ways, as tables: what goes at once, what is held; what Zalo's codes and templates say."""

from datetime import UTC, datetime

import pytest

from motcua.notifications import rendering, rules
from motcua.notifications.rules import zalo
from motcua.notifications.rules.ways import Plan, next_of, plan

ALL = ("zalo", "sms", "email")
FOLDER = rendering.FOLDER / "notifications"
NEWS = sorted(path.name.removesuffix(".sms.txt") for path in FOLDER.glob("dossier_*.sms.txt"))


@pytest.mark.parametrize(
    ("reachable", "chosen", "expected"),
    [
        (("sms", "email"), (), Plan(("sms", "email"))),
        ((), (), Plan(())),
        ((), ("zalo",), Plan(())),
        (ALL, ("zalo",), Plan(("zalo",), ("sms", "email"))),
        (ALL, ("sms",), Plan(("sms",), ("zalo", "email"))),
        (ALL, ("email", "zalo"), Plan(("zalo", "email"), ("sms",))),
        (ALL, ALL, Plan(ALL)),
        (("sms", "email"), ("zalo",), Plan(("sms",), ("email",))),
        (("email",), ("sms",), Plan(("email",))),
    ],
)
def test_the_ways_of_news(reachable: tuple[str, ...], chosen: tuple[str, ...], expected: Plan) -> None:
    assert plan(reachable, chosen) == expected


def test_after_zalo_sms_after_sms_email() -> None:
    assert [next_of(held) for held in (("email", "sms"), ("email",), ())] == ["sms", "email", ""]


def test_with_another_way_it_is_given_up_sooner() -> None:
    assert [rules.pause(attempts, secret=False, another_way=True) for attempts in range(1, 5)] == [15, 60, 300, None]


@pytest.mark.parametrize("template", NEWS)
def test_every_stage_has_words_that_fit(template: str) -> None:
    assert len(zalo.STAGES[template]) <= zalo.LONGEST["trang_thai"]


def test_data_fits_the_approved_template_with_the_longest_names() -> None:
    data = zalo.template_data("dossier_accepted", {"number": "9" * 90, "agency": "Sở " * 200, "at": datetime.now(UTC)})
    assert {name: len(text) <= zalo.LONGEST[name] for name, text in data.items()} == dict.fromkeys(zalo.LONGEST, True)


@pytest.mark.parametrize(
    ("code", "then"),
    [(-118, "next"), (-124, "renew"), (-216, "renew"), (-144, "pause"), (-100, "retry"), (-9999, "next"), ("x", "next"),
     (None, "next"), (-133, "next")],
)  # fmt: skip
def test_codes(code: object, then: str) -> None:
    assert zalo.judged(code)[0] == then


@pytest.mark.parametrize("timestamp", ["", "abc", "-5", "9" * 17, "٣", "1"])
def test_a_moment_that_is_none(timestamp: str) -> None:
    assert zalo.event_moment(timestamp, datetime.now(UTC)) is None


def test_quotas_return_at_midnight_here() -> None:
    assert zalo.quota_returns(datetime(2026, 11, 22, 16, 59, tzinfo=UTC)).isoformat() == "2026-11-23T00:00:00+07:00"

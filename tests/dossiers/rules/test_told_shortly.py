"""What the history says of a request for completion: never half a sentence."""

from motcua.dossiers.rules.supplements import told_shortly

REASON = "Hồ sơ chưa đầy đủ."


def test_everything_is_told_that_fits() -> None:
    assert told_shortly(REASON, ["Tên: trùng", "Vốn: thiếu"], 1000) == f"{REASON}\nTên: trùng\nVốn: thiếu"


def test_items_that_do_not_fit_are_counted() -> None:
    told = told_shortly(REASON, [f"Nội dung {number}: {'x' * 90}" for number in range(30)], 1000)
    assert len(told) <= 1000
    *shown, last = told.splitlines()
    assert last == f"Và {30 - (len(shown) - 1)} nội dung khác, ghi trong phiếu yêu cầu bổ sung."
    assert all(line.endswith("x" * 90) for line in shown[1:])


def test_a_long_reason_leaves_room_for_the_count() -> None:
    told = told_shortly("y" * 2000, ["z" * 500] * 3, 1000)
    assert len(told) <= 1000
    assert told.splitlines()[0].endswith("y…")
    assert told.endswith("Và 3 nội dung khác, ghi trong phiếu yêu cầu bổ sung.")

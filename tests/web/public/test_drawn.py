"""Parts that are drawn once: kept for one state of the catalogue, the latest asked for."""

from motcua.web.public.drawn import Drawn


def test_a_part_is_drawn_once_for_one_state() -> None:
    drawn: Drawn[str] = Drawn(2)
    made: list[str] = []

    def draw(part: str) -> str:
        made.append(part)
        return part

    catalogue, offered = object(), object()
    for key in ("a", "a", "b", "a", "c", "a", "b"):
        assert drawn.get(key, (catalogue, offered), lambda key=key: draw(key)) == key  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"], "of three the two asked for last are kept"
    drawn.get("a", (catalogue, object()), lambda: draw("anew"))
    assert made[-1] == "anew"


def test_what_was_drawn_while_the_state_changed_is_not_kept() -> None:
    drawn: Drawn[str] = Drawn(2)
    old, new = (object(),), (object(),)

    def slowly() -> str:
        drawn.get("a", new, lambda: "new")
        return "old"

    assert drawn.get("a", old, slowly) == "old"
    assert drawn.get("a", new, lambda: "again") == "new"

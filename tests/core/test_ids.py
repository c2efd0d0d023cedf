"""Submission numbers are easy to copy and hard to guess."""

import re

from motcua.core.ids import ALPHABET, new_ref, tidy_ref


def test_a_number_has_no_letter_that_is_mistaken() -> None:
    assert not set("0O1ILUV") & set(ALPHABET)
    assert re.fullmatch(rf"NH-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", new_ref())


def test_numbers_differ() -> None:
    assert len({new_ref() for _ in range(200)}) == 200


def test_what_people_type_is_tidied() -> None:
    assert tidy_ref(" nh7k3f92xa ") == tidy_ref("NH 7K3F 92XA") == "NH-7K3F-92XA"
    assert tidy_ref("h98.21-261125-0007") == "H98.21-261125-0007"

"""The text of the QR code of a transfer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.rules.vietqr import checksum, payload

VECTOR = (
    "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN"
    "62170813ung ho lu lut6304C15C"
)


def parts(text: str) -> dict[str, str]:
    """Name, length, value; as any banking app reads it."""
    found = {}
    while text:
        name, size = text[:2], int(text[2:4])
        found[name], text = text[4 : 4 + size], text[4 + size :]
    return found


def test_the_published_example_comes_out_letter_by_letter() -> None:
    ours = payload("970415", "0011001932418", amount=120_000, info="ung ho lu lut")
    assert ours == VECTOR
    assert f"{checksum(VECTOR[:-4]):04X}" == VECTOR[-4:]


def test_without_an_amount_the_code_may_be_used_again() -> None:
    read = parts(payload("970415", "0011001932418"))
    assert read["01"] == "11"
    assert "54" not in read
    assert "62" not in read


@given(
    amount=st.integers(1, 10**13 - 1),
    account=st.text("0123456789ABC", min_size=1, max_size=19),
    info=st.text("ABC0123456789 ", min_size=1, max_size=25),
)
def test_every_app_reads_what_was_meant(amount: int, account: str, info: str) -> None:
    text = payload("970415", account, amount=amount, info=info)
    read = parts(text)
    assert list(read) == ["00", "01", "38", "53", "54", "58", "62", "63"]
    assert read["54"] == str(amount)
    assert parts(read["62"]) == {"08": info}
    assert parts(parts(read["38"])["01"]) == {"00": "970415", "01": account}
    assert read["63"] == f"{checksum(text[:-4]):04X}"


@pytest.mark.parametrize(
    "wrong",
    [
        {"bank_bin": "97041"},
        {"bank_bin": "97041A"},
        {"account": "0" * 20},
        {"account": "00-11"},
        {"account": ""},
        {"info": "ủng hộ"},
        {"info": "x" * 26},
        {"amount": 0},
        {"amount": -1},
        {"amount": 10**13},
    ],
)
def test_refuses_what_no_app_could_read(wrong: dict[str, str | int]) -> None:
    values = {"bank_bin": "970415", "account": "0011001932418", "amount": 1, "info": ""} | wrong
    with pytest.raises(ValueError, match=r"number|transfer|amount"):
        payload(values["bank_bin"], values["account"], amount=values["amount"], info=values["info"])  # type: ignore[arg-type]

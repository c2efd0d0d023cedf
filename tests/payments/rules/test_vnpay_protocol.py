"""Signing as VNPAY 2.1.0 does it, and what its codes mean."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.rules import vnpay
from tests.cast import at

SECRET = "bi-mat-cua-bai-thu"
FIELDS = {
    "vnp_Amount": "1806000", "vnp_Command": "pay", "vnp_CreateDate": "20210801153333", "vnp_CurrCode": "VND",
    "vnp_IpAddr": "127.0.0.1", "vnp_Locale": "vn", "vnp_OrderInfo": "Thanh toan don hang :5", "vnp_OrderType": "other",
    "vnp_ReturnUrl": "https://domainmerchant.vn/ReturnUrl", "vnp_TmnCode": "DEMOV210", "vnp_TxnRef": "5",
    "vnp_Version": "2.1.0",
}  # fmt: skip
# The address in VNPAY's own documentation.
DOCUMENTED = (
    "vnp_Amount=1806000&vnp_Command=pay&vnp_CreateDate=20210801153333&vnp_CurrCode=VND&vnp_IpAddr=127.0.0.1"
    "&vnp_Locale=vn&vnp_OrderInfo=Thanh+toan+don+hang+%3A5&vnp_OrderType=other"
    "&vnp_ReturnUrl=https%3A%2F%2Fdomainmerchant.vn%2FReturnUrl&vnp_TmnCode=DEMOV210&vnp_TxnRef=5&vnp_Version=2.1.0"
)


def signed(fields: dict[str, str]) -> dict[str, str]:
    return fields | {vnpay.HASH: vnpay.sign(vnpay.query_string(fields), SECRET)}


def test_the_address_is_the_documented_one() -> None:
    assert vnpay.query_string(dict(reversed(FIELDS.items()))) == DOCUMENTED


def test_openssl_makes_the_same_signature() -> None:
    done = subprocess.run(
        ["openssl", "dgst", "-sha512", "-hmac", SECRET], input=DOCUMENTED.encode(), capture_output=True, check=True
    )
    assert vnpay.sign(DOCUMENTED, SECRET) == done.stdout.decode().split()[-1]


def test_empty_fields_and_the_signature_itself_are_not_signed() -> None:
    more = FIELDS | {"vnp_BankTranNo": "", vnpay.HASH: "x", "vnp_SecureHashType": "HMACSHA512"}
    assert vnpay.query_string(more) == DOCUMENTED


def test_a_signature_in_capitals_and_fields_of_others_do_no_harm() -> None:
    fields = signed(FIELDS)
    assert vnpay.is_signed(fields, SECRET)
    assert vnpay.is_signed(fields | {vnpay.HASH: fields[vnpay.HASH].upper(), "utm_source": "x"}, SECRET)


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_changed_field_shows(name: str) -> None:
    assert not vnpay.is_signed(signed(FIELDS) | {name: FIELDS[name] + "0"}, SECRET)


@pytest.mark.parametrize("forged", ["", "0" * 128, "ủ" * 128])
def test_a_wrong_signature_shows(forged: str) -> None:
    assert not vnpay.is_signed(FIELDS | {vnpay.HASH: forged}, SECRET)
    assert not vnpay.is_signed(FIELDS, SECRET)


def test_without_a_secret_nothing_is_genuine() -> None:
    fields = FIELDS | {vnpay.HASH: vnpay.sign(vnpay.query_string(FIELDS), "")}
    assert not vnpay.is_signed(fields, "")
    assert not vnpay.is_signed_piped({vnpay.HASH: vnpay.sign("|", "")}, ("a", "b"), "")


def test_the_api_signs_the_values_joined() -> None:
    fields = {"vnp_RequestId": "1", "vnp_Version": "2.1.0", "vnp_Command": "querydr", "vnp_TxnRef": "5"}
    joined = "1|2.1.0|querydr||5||||"
    assert vnpay.sign_piped(fields, vnpay.QUERY_SIGNED, SECRET) == vnpay.sign(joined, SECRET)


@pytest.mark.parametrize(
    ("visitor", "told"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:0db8:85a3:0000", "2001:db8:85a3::"),
        ("2001:db8::1", "2001:db8::1"),
        ("", "127.0.0.1"),
        ("x" * 300, "127.0.0.1"),
        ("<script>", "127.0.0.1"),
    ],
)
def test_an_address_is_one(visitor: str, told: str) -> None:
    assert vnpay.address(visitor) == told


def test_a_moment_travels_in_the_time_of_viet_nam() -> None:
    assert vnpay.stamp(at("25/11/2026 08:35")) == "20261125083500"


@pytest.mark.parametrize(
    ("hundredths", "amount"),
    [
        ("15000000", 150_000),
        ("15000050", None),
        ("-15000000", None),
        ("1e7", None),
        ("", None),
        ("٣٠٠", None),
        ("9" * 40, None),
        (15_000_000, 150_000),
    ],
)
def test_only_whole_dong_are_an_amount(hundredths: str, amount: int | None) -> None:
    assert vnpay.word_from({"vnp_Amount": hundredths}).amount == amount


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=30), max_size=8))
def test_any_fields_make_a_word(fields: dict[str, str]) -> None:
    assert not vnpay.word_from(fields).paid or fields["vnp_ResponseCode"] == fields["vnp_TransactionStatus"] == "00"


@pytest.mark.parametrize("code", ["00", "07", "09", "10", "11", "12", "13", "24", "51", "65", "75", "79", "99"])
def test_every_code_has_words_for_the_person(code: str) -> None:
    assert vnpay.meaning(code).endswith(".")
    assert vnpay.meaning("xx") == vnpay.meaning("99")

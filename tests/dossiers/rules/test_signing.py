"""Whose signature a declaration carries, and what is said when it is nobody's good one."""

from dataclasses import dataclass

import pytest

from motcua.dossiers.rules.signing import TROUBLES, SignedWrongly, check_signatures

AN, AN_NUMBER, BINH, BINH_NUMBER = "Nguyễn Thị An", "098196004217", "Lê Văn Bình", "098094001552"


@dataclass(frozen=True)
class One:
    signer: str = AN
    number: str = AN_NUMBER
    trouble: str = ""


def refusal(*signatures: One) -> SignedWrongly:
    with pytest.raises(SignedWrongly) as refused:
        check_signatures(signatures, AN_NUMBER, AN)
    return refused.value


def test_takes_the_persons_own_among_several() -> None:
    own = One()
    assert check_signatures([One(BINH, BINH_NUMBER), One(trouble="expired"), own], AN_NUMBER, AN) is own


def test_a_file_without_any() -> None:
    assert refusal().reason == "unsigned"


@pytest.mark.parametrize("trouble", sorted(TROUBLES))
def test_names_the_trouble_and_the_signer(trouble: str) -> None:
    refused = refusal(One(trouble=trouble))
    assert refused.reason == trouble
    assert trouble == "broken" or AN in str(refused)


def test_a_certificate_with_the_old_number_of_nine_digits_is_told_so() -> None:
    assert refusal(One(AN, "162004217")).reason == "old_number"


def test_another_persons() -> None:
    refused = refusal(One(BINH, BINH_NUMBER))
    assert refused.reason == "other_person"
    assert BINH in str(refused)
    assert AN in str(refused)


def test_a_certificate_without_a_number_is_nobodys() -> None:
    assert refusal(One(AN, "")).reason == "no_number"


def test_an_account_without_a_number_owns_no_signature() -> None:
    with pytest.raises(SignedWrongly):
        check_signatures([One(AN, "")], "", AN)

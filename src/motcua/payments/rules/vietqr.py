"""VietQR (EMVCo with NAPAS' part): what a banking app reads from the picture of a transfer."""

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
DONG = "704"
INFO_MOST = 25


def payload(bank_bin: str, account: str, *, amount: int | None = None, info: str = "") -> str:
    """The text of the QR code.

    Args:
        bank_bin: the bank's six digits at NAPAS; `account`: at most 19 letters and digits.
        amount: đồng; None: the payer types it, and the code may be used many times.
        info: what the transfer says, at most 25 plain letters and digits.

    Raises:
        ValueError: something doesn't fit the format.
    """
    if len(bank_bin) != 6 or not bank_bin.isdigit():
        raise ValueError("A bank's number has six digits.")
    if not (account.isascii() and account.isalnum() and len(account) <= 19):
        raise ValueError("An account's number has at most 19 letters and digits.")
    if len(info) > INFO_MOST or not info.isascii():
        raise ValueError("A transfer says at most 25 plain letters.")
    if amount is not None and not 0 < amount < 10**13:
        raise ValueError("An amount is positive and has at most 13 digits.")
    bank = _field("00", bank_bin) + _field("01", account)
    text = (
        _field("00", "01")
        + _field("01", "11" if amount is None else "12")
        + _field("38", _field("00", NAPAS) + _field("01", bank) + _field("02", TO_ACCOUNT))
        + _field("53", DONG)
        + ("" if amount is None else _field("54", str(amount)))
        + _field("58", "VN")
        + (_field("62", _field("08", info)) if info else "")
        + "6304"
    )
    return f"{text}{checksum(text):04X}"


def checksum(text: str) -> int:
    """CRC-16/CCITT-FALSE over everything, the checksum's own "6304" included."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"

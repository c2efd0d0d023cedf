"""Digital signatures on PDFs (chữ ký số): ours under what we give out, and what others' signatures are worth."""

from motcua.core.errors import BusinessError


class NoKey(BusinessError):
    """The portal has no key by which this agency or officer could sign; the text is for the officer who tried."""


class NotSignable(BusinessError):
    """The file is no PDF, or one that doesn't let itself be signed."""

    def __init__(self) -> None:
        super().__init__("Tệp này không phải PDF, hoặc không ký được. Xin chọn tệp khác.")

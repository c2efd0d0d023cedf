"""Digital signatures on PDFs (chữ ký số): ours under what we give out, and what others' signatures are worth."""

from motcua.core.errors import BusinessError


class NoKey(BusinessError):
    """The portal has no key by which this agency or officer could sign; the text is for the officer who tried."""

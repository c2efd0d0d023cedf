"""Whether this database is a sample. Everything that exists in a sample only asks here."""

from motcua.sample.models import SampleMark


class _Answer:
    known: bool = False


def is_sample() -> bool:
    """True in a database that `motcua sample load` made.

    A yes is remembered by the process; a no is asked again, since the sample may be loaded while the server runs.
    """
    if not _Answer.known:
        _Answer.known = SampleMark.objects.exists()
    return _Answer.known


def forget() -> None:
    """Ask the database again; after a reset, and in tests."""
    _Answer.known = False

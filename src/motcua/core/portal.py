"""What the page shell must know of rooms above it: whether this database is a sample."""

from collections.abc import Callable


def _not_a_sample() -> bool:
    return False


# The sample's AppConfig puts its own answer here; without that room there is no sample.
sample_mark: Callable[[], bool] = _not_a_sample


def is_sample() -> bool:
    """Whether every page must say that the data are made up."""
    return sample_mark()

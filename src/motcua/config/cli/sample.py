"""`motcua sample load` and `motcua sample reset`."""

import argparse

from motcua.config.cli import CommandError, setup


def load(given: argparse.Namespace) -> int:
    """Fill an empty database. Refuses one that holds anything; one that is a sample already is left as it is."""
    setup()
    from motcua.sample import loading
    from motcua.sample.marker import is_sample

    if is_sample():
        print("The sample ward is loaded already. `motcua sample reset` starts it anew.")
        return 0
    if loading.holds_data():
        raise CommandError("this database holds data that is not a sample; nothing was loaded.")
    loading.load()
    print("The sample ward is loaded.")
    return 0


def reset(given: argparse.Namespace) -> int:
    """Empty a sample and load it again. Refuses unless the database is marked as a sample."""
    setup()
    from motcua.sample import loading
    from motcua.sample.marker import is_sample

    if not is_sample():
        raise CommandError("this database is not marked as a sample; nothing was touched.")
    loading.reset()
    print("The sample ward is as new.")
    return 0

"""`motcua audit verify`."""

import argparse

from motcua.config.cli import setup


def verify(given: argparse.Namespace) -> int:
    """Walk the chain; 0 if every seal is right."""
    setup()
    from motcua.audit.services import verify as walk

    found = walk()
    print(found)
    return 0 if found.ok else 1

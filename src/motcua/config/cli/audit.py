"""`motcua audit verify [SEAL]`."""

import argparse
import re

from motcua.config.cli import CommandError, setup


def verify(given: argparse.Namespace) -> int:
    """Walk the chain; 0 if every seal is right, and the noted one is among them.

    Raises:
        CommandError: what was given as a seal can't be one.
    """
    noted = given.seal.strip().lower()
    if noted and not re.fullmatch(r"[0-9a-f]{64}", noted):
        raise CommandError("a seal has 64 characters, 0 to 9 and a to f, as `motcua audit verify` prints it.")
    setup()
    from motcua.audit.services import verify as walk

    found = walk(noted)
    print(found)
    return 0 if found.ok else 1

"""The `motcua` command."""

import os
import sys


def main() -> int:
    """`motcua manage …` is Django's own command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    from django.core.management import execute_from_command_line

    if sys.argv[1:2] == ["manage"]:
        execute_from_command_line(["motcua manage", *sys.argv[2:]])
    return 0

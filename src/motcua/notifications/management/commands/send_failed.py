"""`motcua manage send_failed`: after an outage that was longer than the tries."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from motcua.notifications.services import letters_too_old, send_failed_again


class Command(BaseCommand):
    """Queue the messages again that were given up within the last hours; no codes, no old letters with files."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How far back."""
        parser.add_argument("--hours", type=int, default=48)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many."""
        since = timezone.now() - timedelta(hours=options["hours"])
        count = send_failed_again(since, by=None)
        self.stdout.write(f"{count} messages are queued again.")
        if old := letters_too_old(since):
            self.stdout.write(f"{old} letters with a file are too old to go again; the file lies in the account.")

"""`motcua manage send_failed`: after an outage that was longer than the tries."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from motcua.notifications.services import send_failed_again


class Command(BaseCommand):
    """Queue the messages again that were given up within the last hours; codes are not among them."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How far back."""
        parser.add_argument("--hours", type=int, default=48)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many."""
        count = send_failed_again(timezone.now() - timedelta(hours=options["hours"]), by=None)
        self.stdout.write(f"{count} messages are queued again.")

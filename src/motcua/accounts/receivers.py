"""What accounts do when somebody writes to the province's Zalo account (`notifications.signals`)."""

from typing import Any

from django.dispatch import receiver

from motcua.accounts import services
from motcua.notifications.signals import zalo_said


@receiver(zalo_said)
def link_account(sender: object, *, zalo_user: str, text: str, **_: Any) -> str:
    """A code from the account's page links the two."""
    return services.take_zalo_code(zalo_user, text)

"""The catalogue's stamp moves with whatever changes what people find."""

import uuid

from motcua.procedures.models import CatalogueStamp

STAMP = 1  # the one row


def move_stamp() -> None:
    """Tell all processes that their index of the catalogue is out of date; part of the act that changes it."""
    CatalogueStamp.objects.update_or_create(pk=STAMP, defaults={"token": uuid.uuid4()})

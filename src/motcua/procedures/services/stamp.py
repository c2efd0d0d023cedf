"""The catalogue's stamp moves with whatever changes what people find."""

import logging
import uuid

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from motcua.procedures.models import CatalogueStamp

log = logging.getLogger(__name__)

STAMP = 1  # the one row
INDEX = "procedures.store_index"  # the job that builds the index of the search
QUEUE = "catalogue"
PAUSE = 2  # seconds: what is published together is indexed together


def hold_stamp() -> None:
    """Wait until no other act is about to move the stamp. For acts without a procedure of their own to lock; locks on
    procedures are taken before this one, as in all acts that publish."""
    if not CatalogueStamp.objects.select_for_update().filter(pk=STAMP).exists():
        CatalogueStamp.objects.get_or_create(pk=STAMP, defaults={"token": uuid.uuid4()})


def move_stamp() -> None:
    """Tell all processes that their index of the catalogue is out of date; part of the act that changes it."""
    CatalogueStamp.objects.update_or_create(pk=STAMP, defaults={"token": uuid.uuid4()})
    transaction.on_commit(_have_it_indexed)


def _have_it_indexed() -> None:
    """After the act, not in it: two acts mustn't wait for each other's place in the queue."""
    try:
        app.configure_task(INDEX, queue=QUEUE, queueing_lock=INDEX, schedule_in={"seconds": PAUSE}).defer()
    except AlreadyEnqueued:
        return  # that job will see this change too
    except ConnectorException:
        # What was published is published; the job that looks every minute finds it. An import goes on.
        log.warning("the job that builds the search's index couldn't be queued", exc_info=True)

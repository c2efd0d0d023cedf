"""Several acts at the same moment, each on a connection of its own; for tests marked `django_db(transaction=True)`."""

import threading
from collections.abc import Callable

from django.db import connection

from motcua.core.errors import BusinessError


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do these at the same moment; what each gave, or how it was refused."""
    ready, found = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        ready.wait(60)
        try:
            found.append(str(act()))
        except BusinessError as refusal:
            found.append(f"refused: {refusal}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(found) == len(acts)
    return sorted(found)

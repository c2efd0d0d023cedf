from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.signals import post_migrate


class ProceduresConfig(AppConfig):
    name = "motcua.procedures"
    label = "procedures"

    def ready(self) -> None:
        """An update of the portal is made with `migrate`: its search's index is there before its first visitor."""
        post_migrate.connect(_store_index, sender=self)


def _store_index(using: str, **given: Any) -> None:
    """Build the index that this program reads, while the one before it still answers."""
    from django.db.migrations.executor import MigrationExecutor

    from motcua.procedures.search import building

    executor = MigrationExecutor(connection)
    is_whole = using == DEFAULT_DB_ALIAS and not executor.migration_plan(executor.loader.graph.leaf_nodes())
    if is_whole and building.store_missing() and given["verbosity"]:
        given["stdout"].write("  Stored the search's index\n")

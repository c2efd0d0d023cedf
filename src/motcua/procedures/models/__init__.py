"""The catalogue's tables: records, the lists that lead to them, what search keeps, where imports came from."""

from motcua.procedures.models.editing import Draft, Withdrawal
from motcua.procedures.models.finding import (
    CatalogueStamp,
    PinnedResult,
    SearchDay,
    StoredIndex,
    Synonym,
    UnmetSearch,
)
from motcua.procedures.models.forms import HeldForm
from motcua.procedures.models.importing import Doubt, ImportRun, SourceRecord
from motcua.procedures.models.lists import Field, LifeEvent
from motcua.procedures.models.record import (
    Channel,
    FeeKind,
    FeeLine,
    LimitUnit,
    Method,
    Procedure,
    ProcedureVersion,
    Requirement,
)
from motcua.procedures.models.reliefs import FeeRelief

__all__ = [
    "CatalogueStamp",
    "Channel",
    "Doubt",
    "Draft",
    "FeeKind",
    "FeeLine",
    "FeeRelief",
    "Field",
    "HeldForm",
    "ImportRun",
    "LifeEvent",
    "LimitUnit",
    "Method",
    "PinnedResult",
    "Procedure",
    "ProcedureVersion",
    "Requirement",
    "SearchDay",
    "SourceRecord",
    "StoredIndex",
    "Synonym",
    "UnmetSearch",
    "Withdrawal",
]

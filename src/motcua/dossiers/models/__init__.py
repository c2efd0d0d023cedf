"""The tables of the case, by theme."""

from motcua.dossiers.models.case import (
    Attachment,
    Counter,
    DeliveryState,
    Dossier,
    DossierEvent,
    Pause,
    PaymentState,
    State,
    SyncState,
)
from motcua.dossiers.models.confirmations import HANDED_IN, Confirmation
from motcua.dossiers.models.counter import AT_COUNTER, CounterCase, PaperTaken
from motcua.dossiers.models.endings import Apology, Refusal, Withdrawal
from motcua.dossiers.models.supplements import SupplementFile, SupplementItem, SupplementRequest
from motcua.dossiers.models.work import Call, Decision, HandOver, Result, ResultDraft, Verdict

__all__ = [
    "AT_COUNTER",
    "HANDED_IN",
    "Apology",
    "Attachment",
    "Call",
    "Confirmation",
    "Counter",
    "CounterCase",
    "Decision",
    "DeliveryState",
    "Dossier",
    "DossierEvent",
    "HandOver",
    "PaperTaken",
    "Pause",
    "PaymentState",
    "Refusal",
    "Result",
    "ResultDraft",
    "State",
    "SupplementFile",
    "SupplementItem",
    "SupplementRequest",
    "SyncState",
    "Verdict",
    "Withdrawal",
]

"""The kinds of fields, one class each. A new kind is a class in this package with the decorator `kind`."""

from motcua.eforms.rules.kinds import choices, codes, dates, lists, numbers, places, texts
from motcua.eforms.rules.kinds.base import KINDS, Complaint, Kind, kind_of

__all__ = ["KINDS", "Complaint", "Kind", "choices", "codes", "dates", "kind_of", "lists", "numbers", "places", "texts"]

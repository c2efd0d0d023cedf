"""Search of the catalogue: what was typed, narrowed by facets, with copies of one procedure as one group.

The index is built once, by a job, and loaded by every process (docs/decisions/0026-search-serving.md).
"""

from motcua.procedures.search.asking import Results, Suggestion, nearest, search, suggest
from motcua.procedures.search.catalogue import Catalogue
from motcua.procedures.search.facets import FACETS, ONLINE, Choice, Filters
from motcua.procedures.search.hits import Group, Hit
from motcua.procedures.search.serving import catalogue

__all__ = [
    "FACETS",
    "ONLINE",
    "Catalogue",
    "Choice",
    "Filters",
    "Group",
    "Hit",
    "Results",
    "Suggestion",
    "catalogue",
    "nearest",
    "search",
    "suggest",
]

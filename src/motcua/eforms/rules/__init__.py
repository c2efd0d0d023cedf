"""The engine of e-forms, pure: definitions as data, conditions, kinds of fields, checks. See docs/eforms.md."""

from motcua.eforms.rules.answers import Answer, Answers, changed, is_blank
from motcua.eforms.rules.checking import Problem, check_all, check_page, is_required
from motcua.eforms.rules.conditions import Condition, fields_of, holds
from motcua.eforms.rules.definition import Definition, Field, Group, Note, Option, Page, Section, html_id, post_name
from motcua.eforms.rules.describing import DescribedSection, Row, describe, subject_of
from motcua.eforms.rules.filling import ACT, prefill, prune, read, shown, visible, visible_pages
from motcua.eforms.rules.parsing import DefinitionError, parse, schema
from motcua.eforms.rules.world import NOWHERE, Nowhere, PlaceName, World

__all__ = [
    "ACT",
    "NOWHERE",
    "Answer",
    "Answers",
    "Condition",
    "Definition",
    "DefinitionError",
    "DescribedSection",
    "Field",
    "Group",
    "Note",
    "Nowhere",
    "Option",
    "Page",
    "PlaceName",
    "Problem",
    "Row",
    "Section",
    "World",
    "changed",
    "check_all",
    "check_page",
    "describe",
    "fields_of",
    "holds",
    "html_id",
    "is_blank",
    "is_required",
    "parse",
    "post_name",
    "prefill",
    "prune",
    "read",
    "schema",
    "shown",
    "subject_of",
    "visible",
    "visible_pages",
]

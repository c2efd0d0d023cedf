"""The engine of e-forms, pure: definitions as data, conditions, kinds of fields, checks. See docs/eforms.md."""

from motcua.eforms.rules.answers import ACT, Answer, Answers, alike, changed, is_blank
from motcua.eforms.rules.checking import Problem, check_all, check_page, is_required
from motcua.eforms.rules.conditions import Condition, fields_of, holds
from motcua.eforms.rules.definition import Definition, Field, Group, Note, Option, Page, Section, html_id, post_name
from motcua.eforms.rules.describing import DescribedSection, Row, describe, subject_of
from motcua.eforms.rules.excerpt import excerpt, heading_of, told, whole
from motcua.eforms.rules.filling import prefill, prune, read, shown, visible, visible_pages
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
    "alike",
    "changed",
    "check_all",
    "check_page",
    "describe",
    "excerpt",
    "fields_of",
    "heading_of",
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
    "told",
    "visible",
    "visible_pages",
    "whole",
]

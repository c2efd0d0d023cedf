"""What the result of a dossier says, before anybody corrects it; and the draft that counts now."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import posts_of
from motcua.dossiers.models import Decision, Dossier, ResultDraft
from motcua.dossiers.queries.drafts import form_of, shown_answers
from motcua.dossiers.rules import person
from motcua.dossiers.rules.wording import Sources, Told, Value, values_of
from motcua.eforms.rules import Answers, Definition, Field, Group, Section, describe, post_name
from motcua.eforms.rules.definition import with_revealed
from motcua.eforms.rules.describing import Row


def suggested_values(dossier: Dossier) -> list[Value]:
    """The values of the result by the offering's own mapping (`OfferingVersion.result_values`)."""
    answers = shown_answers(dossier)
    form = form_of(dossier)
    rows = {row.field_id: row for section in describe(form, answers) for row in section.rows}
    told = {}
    for item, group in _asked(form):
        if isinstance(item, Group):
            told[item.id] = Told(item.title, "", group=group, rows=tuple(_group_rows(item, rows, answers)))
            continue
        row = rows.get(item.id)  # hidden by the other answers: it keeps its name, and says nothing
        told[item.id] = Told(item.title, row.text if row else "", row.words if row else "", group)
    sources = Sources(
        told=told,
        answers=answers,
        owner={**dossier.owner, "address": person.address(dossier.owner)},
        applicant={**dossier.applicant, "address": person.address(dossier.applicant)},
        agency={"name": dossier.agency.name, "short_name": dossier.agency.short_name},
        today=timezone.localdate(),
    )
    return values_of(dossier.offering_version.result_values, sources)


def _group_rows(group: Group, rows: Mapping[str, Row], answers: Answers) -> Iterator[dict[str, str]]:
    """The rows of a repeating group as they are shown; what isn't shown or ticked is left out."""
    for index, answered in enumerate(answers.get(group.id) or ()):
        names = {field: post_name(field, group=group.id, row=index) for field in group.members if answered.get(field)}
        yield {field: rows[name].text for field, name in names.items() if name in rows}


def _asked(form: Definition) -> Iterator[tuple[Field | Group, str]]:
    """All fields and repeating groups with the heading they stand under, in the form's order."""
    for page in form.pages:
        for item in page.items:
            under = item.title if isinstance(item, Section) else page.title
            for inner in item.items if isinstance(item, Section) else (item,):
                if isinstance(inner, Field):
                    yield from ((field, under) for field in with_revealed(inner))
                elif isinstance(inner, Group):
                    yield inner, under


def last_draft(dossier: Dossier) -> ResultDraft | None:
    """The newest draft of the result."""
    return dossier.drafts.select_related("document", "by").order_by("-created_at", "-pk").first()


def draft_values(dossier: Dossier) -> list[Value]:
    """The values to go on with: those of the newest draft, where there is one, else what is suggested."""
    draft = last_draft(dossier)
    kept: dict[str, Any] = draft.values if draft else {}
    return [
        Value(value.key, value.label, value.group, str(kept.get(value.key, value.text)))
        for value in suggested_values(dossier)
    ]


def last_refusal(dossier: Dossier) -> Decision | None:
    """The leader's reason for sending the last proposal back; None if the last word was another."""
    last = dossier.decisions.select_related("by").order_by("-at", "-pk").first()
    return last if last and last.outcome == Decision.Outcome.SENT_BACK else None


def open_draft(dossier: Dossier) -> ResultDraft | None:
    """The draft that the applicant is asked about now, or None."""
    return dossier.drafts.filter(shown_at__isnull=False, answered_at=None).select_related("document").first()


def title_of(user: User, agency: Agency) -> str:
    """What somebody is called at an agency ("Chủ tịch"); empty if they hold no post there."""
    return next((post.title for post in posts_of(user) if post.unit.agency_id == agency.pk), "")

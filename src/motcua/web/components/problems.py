"""What a page has found wrong, in one shape, whether a Django form or the e-form engine found it."""

from dataclasses import dataclass, field

from django.forms import BaseForm

from motcua.core.words import say


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the message, and the id of the control (empty: the form as a whole)."""

    message: str
    html_id: str = ""


@dataclass(frozen=True)
class Problems:
    """All things to mend on a page."""

    items: list[Problem] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def title(self) -> str:
        """How the summary is headed: it counts the fields; a refusal of the whole act has no number."""
        count = sum(1 for item in self.items if item.html_id)
        return say("Cần sửa {count} chỗ trước khi tiếp tục", count=count) if count else "Chưa thực hiện được"


def problems_of(source: object) -> Problems:
    """From a form, or from any objects with `message` and `html_id`; anything else has no problems.

    The page shell asks it of whatever a view calls `form` or `problems`, to begin the title with "Lỗi:".
    """
    if isinstance(source, BaseForm):
        return Problems(_of_form(source))
    if not isinstance(source, list | tuple):
        return Problems()
    found = [item for item in source if hasattr(item, "message")]
    return Problems([Problem(str(item.message), getattr(item, "html_id", "") or "") for item in found])


def _of_form(form: BaseForm) -> list[Problem]:
    whole = [Problem(str(message)) for message in form.non_field_errors()]
    fields = [
        Problem(str(message), getattr(bound, "focus_id", "") or bound.id_for_label or bound.auto_id)
        for bound in form
        for message in bound.errors
    ]
    return whole + fields

"""The acts of the room: a form is published, once and for ever."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.audit.services import HasName, record
from motcua.core.errors import BusinessError
from motcua.eforms.models import FormDefinition
from motcua.eforms.rules import parse


@transaction.atomic
def publish_form(data: Mapping[str, Any], *, by: HasName | None) -> FormDefinition:
    """Publish one version of a form (công bố biểu mẫu điện tử); `by` None is the system.

    The same version with the same content again changes nothing, so that loading may be repeated. Its English ("en")
    is no part of what is published: another one takes the place of the old.

    Raises:
        DefinitionError: the form doesn't follow the published schema, or refers to what isn't there.
        BusinessError: this version is published with another content; answers were given under it.
    """
    definition = parse(data)
    published = {name: value for name, value in data.items() if name != "en"}
    english = dict(data.get("en", {}))
    form, is_new = FormDefinition.objects.get_or_create(
        key=definition.key,
        version=definition.version,
        defaults={
            "title": definition.title,
            "definition": published,
            "english": english,
            "published_at": timezone.now(),
        },
    )
    if is_new:
        ref = f"{form.key}/{form.version}"
        record("eform.published", subject_kind="eform", subject_ref=ref, actor=by, title=form.title)
    elif form.definition != published:
        raise BusinessError(
            f"Phiên bản {form.version} của biểu mẫu “{form.title}” đã công bố nên không sửa được. "
            "Xin đặt số phiên bản mới."
        )
    elif form.english != english:
        form.english = english
        form.save(update_fields=["english"])
    return form

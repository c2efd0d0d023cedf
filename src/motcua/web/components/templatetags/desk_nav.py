"""What of the desk's head hangs on who is here and where."""

from dataclasses import dataclass

from django import template
from django.template import Context

from motcua.agencies.models import Role
from motcua.agencies.queries import posts_of

register = template.Library()
COUNTER = "/can-bo/quay/"


@dataclass(frozen=True)
class Place:
    """Attributes:
    takes_in: whether this officer stands at a counter, and so sees its link.
    at_counter: whether this page is one of the counter's.
    """

    takes_in: bool = False
    at_counter: bool = False


@register.simple_tag(takes_context=True)
def desk_place_of(context: Context) -> Place:
    """`{% desk_place_of as place %}`, for the links of the head; asks the database once a page."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated or not user.is_officer:
        return Place()
    takes_in = any(Role.RECEPTION in post.roles for post in posts_of(user))
    return Place(takes_in, request.path.startswith(COUNTER))

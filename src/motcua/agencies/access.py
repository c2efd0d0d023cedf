"""The door to what only an agency's own people may do."""

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Post, Role
from motcua.agencies.queries import posts_of
from motcua.core.errors import BusinessError


def post_with(user: User, agency: Agency, role: Role) -> Post:
    """The post by which this person may act in this role at this agency.

    Raises:
        BusinessError: they hold no such post today.
    """
    for post in posts_of(user):
        if post.unit.agency_id == agency.pk and role in post.roles:
            return post
    raise BusinessError(
        f"Việc này cần vai trò “{role.label}” tại {agency.name}. Tài khoản của anh/chị không có vai trò đó."
    )

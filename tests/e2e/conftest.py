"""The fixtures of browser tests: pages on Django's live server, and pages on the whole portal as its processes."""

from tests.e2e.browser import bare_page, chromium, other_page, page, phone
from tests.e2e.portal import desk_page, plain_visitor, portal, visitor, worker_id

__all__ = ["bare_page", "chromium", "desk_page", "other_page", "page", "phone"]
__all__ += ["plain_visitor", "portal", "visitor", "worker_id"]

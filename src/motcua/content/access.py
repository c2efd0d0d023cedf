"""The door from a number to a notice. Notices are public; who may change them, `web.components.doors` asks."""

from django.http import Http404

from motcua.content.models import Outage


def outage(outage_id: int) -> Outage:
    """
    Raises:
        Http404: there is none.
    """
    found = Outage.objects.filter(pk=outage_id).first()
    if found is None:
        raise Http404
    return found

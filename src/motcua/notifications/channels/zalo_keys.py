"""The keys to Zalo's doors: an access token that is good for about 25 hours, renewed by a refresh token good for once.

Each renewal brings the next refresh token (three months); two workers that both used the old one would lose it. So
whoever renews claims the row first, and nobody else asks meanwhile. The first refresh token comes from the settings.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from motcua.core.sealing import seal, unseal
from motcua.notifications.channels import zalo_http
from motcua.notifications.channels.base import ChannelError
from motcua.notifications.models import ZaloAccess

PURPOSE = "notifications.zalo"
EARLY = timedelta(hours=1)  # renewed so long before it ends
CLAIM = timedelta(seconds=30)  # longer than the call may take
USUAL_SECONDS = 90_000  # 25 hours, where the answer doesn't say


def access_token() -> str:
    """A token that is good now. Talks over the network when it has to be renewed: not inside a transaction.

    Raises:
        ChannelError: there is none; the text says why.
    """
    row = access_row()
    now = timezone.now()
    if _is_good(row, now + EARLY):
        return unseal(row.access_token, PURPOSE)
    return renew(row)


def renew(row: ZaloAccess) -> str:
    """Ask for new tokens, unless somebody else is at it.

    Raises:
        ChannelError: Zalo gives none, or somebody else is asking.
    """
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    mine = ZaloAccess.objects.filter(free, pk=row.pk, refresh_token=row.refresh_token)
    if not mine.update(claimed_until=now + CLAIM):
        if _is_good(row, now):
            return unseal(row.access_token, PURPOSE)
        raise ChannelError("The access token is being renewed.", retry=True)
    try:
        answer = _ask(unseal(row.refresh_token, PURPOSE))
    except ChannelError as trouble:
        ZaloAccess.objects.filter(pk=row.pk).update(claimed_until=None, trouble=str(trouble)[:200])
        raise
    return _keep(row, answer)


def _ask(refresh_token: str) -> dict[str, Any]:
    if not refresh_token:
        raise ChannelError("There is no refresh token (MOTCUA_ZALO_REFRESH_TOKEN).", retry=False)
    answer = zalo_http.post_form(
        f"{zalo_http.oauth()}/v4/oa/access_token",
        {"secret_key": settings.ZALO["app_secret"]},
        {"refresh_token": refresh_token, "app_id": settings.ZALO["app_id"], "grant_type": "refresh_token"},
    )
    if not (isinstance(answer.get("access_token"), str) and isinstance(answer.get("refresh_token"), str)):
        code = answer.get("error", "nothing")
        raise ChannelError(f"No new access token: {code}; the account must be connected anew.", retry=True)
    return answer


def _keep(row: ZaloAccess, answer: dict[str, Any]) -> str:
    now = timezone.now()
    seconds = str(answer.get("expires_in", ""))
    token: str = answer["access_token"]
    ZaloAccess.objects.filter(pk=row.pk).update(
        access_token=seal(token, PURPOSE),
        refresh_token=seal(answer["refresh_token"], PURPOSE),
        expires_at=now + timedelta(seconds=int(seconds) if seconds.isdigit() else USUAL_SECONDS),
        renewed_at=now,
        claimed_until=None,
        trouble="",
    )
    return token


def refused(token: str) -> None:
    """Zalo doesn't take this token any more, although its time isn't over: the next call gets a new one."""
    row = access_row()
    if unseal(row.access_token, PURPOSE) == token:
        ZaloAccess.objects.filter(pk=row.pk, access_token=row.access_token).update(expires_at=timezone.now())


def pause(until: datetime) -> None:
    """Nothing goes by templates until then: the quota is used up."""
    ZaloAccess.objects.filter(pk=access_row().pk).update(paused_until=until)


def note_quota(left: object) -> None:
    """What Zalo says is left for today; at nothing the rest of the day goes another way at once."""
    if isinstance(left, str) and left.isdigit():
        left = int(left)
    if isinstance(left, int) and not isinstance(left, bool):
        ZaloAccess.objects.filter(pk=access_row().pk).update(quota_left=left)


def access_row() -> ZaloAccess:
    """The row of our application; begun anew when the settings bring another first refresh token."""
    app_id, first = settings.ZALO["app_id"], settings.ZALO["refresh_token"]
    seed = hashlib.sha256(first.encode()).hexdigest()
    row = ZaloAccess.objects.filter(app_id=app_id).first()
    if row is None:
        return _begin(app_id, seed, first)
    if row.seed != seed:
        row.seed, row.refresh_token, row.access_token, row.expires_at = seed, seal(first, PURPOSE), "", None
        row.save(update_fields=["seed", "refresh_token", "access_token", "expires_at"])
    return row


def _begin(app_id: str, seed: str, first: str) -> ZaloAccess:
    try:
        with transaction.atomic():
            return ZaloAccess.objects.create(app_id=app_id, seed=seed, refresh_token=seal(first, PURPOSE))
    except IntegrityError:  # another worker was quicker
        return ZaloAccess.objects.get(app_id=app_id)


def _is_good(row: ZaloAccess, until: datetime) -> bool:
    return bool(row.access_token and row.expires_at and row.expires_at > until)

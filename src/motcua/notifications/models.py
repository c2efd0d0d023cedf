"""Messages to a plain recipient: the row first, then a job, then the channel."""

from django.db import models


class Message(models.Model):
    """One message through one channel (tin nhắn, thư điện tử), rendered and kept as it was sent.

    The recipient is an address, not an account: this room knows nobody. Personal data goes into emails only as far as
    the person needs it; SMS carry a number and a stage, never a name or a reason.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "Thư điện tử"
        SMS = "sms", "Tin nhắn SMS"
        ZALO = "zalo", "Zalo"

    class State(models.TextChoices):
        HELD = "held", "Để dành"  # goes only if the way before it fails
        QUEUED = "queued", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Không gửi được"
        SPARED = "spared", "Không cần gửi"  # was held, and the way before it got through

    channel = models.CharField(max_length=8, choices=Channel)
    address = models.CharField(max_length=254)  # +84…, or an email address
    template = models.CharField(max_length=60)  # "dossier_accepted"
    subject = models.CharField(max_length=200, blank=True)  # email only
    body = models.TextField()
    enclosure_name = models.CharField(max_length=120, blank=True)  # email only: "ket-qua-H98.21-….pdf"
    enclosure = models.BinaryField(null=True)  # emptied once sent; kept while it may go again
    about_kind = models.CharField(max_length=40, blank=True)
    about_ref = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=200, unique=True)  # one event, one channel, one recipient: one message
    news = models.CharField(max_length=200, blank=True, db_index=True)  # one event to one person
    reserve = models.BooleanField(default=False)  # was held at first: goes in place of another
    data = models.JSONField(default=dict, blank=True)  # Zalo: what the approved template is filled with
    zalo_user = models.CharField(max_length=40, blank=True)  # Zalo: the follower it may go to as a chat message
    tracking = models.CharField(max_length=40, null=True, unique=True)  # Zalo: our number of it over there
    secret = models.BooleanField(default=False)  # a code for logging in: emptied once sent (not in a sample)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)  # a worker is handing it over; after this moment it has died
    provider_ref = models.CharField(max_length=120, blank=True)
    trouble = models.CharField(max_length=300, blank=True)  # the last refusal, without personal data
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)  # as the other side says; empty where it never says

    class Meta:
        indexes = [
            models.Index(fields=["about_kind", "about_ref"], name="message_by_subject"),
            models.Index(fields=["-created_at"], name="message_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_sent_has_time",
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.template}"


class ZaloFollower(models.Model):
    """Somebody who follows the province's Zalo account (người quan tâm OA), by the number that Zalo gives them there.

    No name and no phone: who it is, only an account that was linked knows (accounts.User.zalo_user).
    """

    zalo_user = models.CharField(max_length=40, unique=True)
    follows = models.BooleanField(default=True)
    last_word_at = models.DateTimeField()  # Zalo lets us answer freely for a while after it
    first_seen_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.zalo_user


class ZaloEvent(models.Model):
    """One notice that Zalo sent us (webhook): kept before it is understood, emptied once it was."""

    key = models.CharField(max_length=64, unique=True)  # a hash of what came: the same notice twice is one row
    name = models.CharField(max_length=60)  # "user_send_text"
    body = models.JSONField(default=dict)
    came_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["came_at"], name="zalo_event_by_time")]

    def __str__(self) -> str:
        return self.name


class ZaloAccess(models.Model):
    """The keys to Zalo's doors (access_token, refresh_token): one row, encrypted, changed by whoever has claimed it."""

    app_id = models.CharField(max_length=40, unique=True)
    seed = models.CharField(max_length=64)  # hash of the refresh token in the settings that this began with
    access_token = models.TextField(blank=True)
    expires_at = models.DateTimeField(null=True)  # of the access token
    refresh_token = models.TextField(blank=True)  # good once: each use brings the next one
    renewed_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)  # somebody is asking for new ones
    paused_until = models.DateTimeField(null=True)  # the quota is used up until then
    quota_left = models.IntegerField(null=True)  # as Zalo said last
    trouble = models.CharField(max_length=200, blank=True)  # why the last renewal failed

    def __str__(self) -> str:
        return self.app_id

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
        QUEUED = "queued", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Không gửi được"

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
    secret = models.BooleanField(default=False)  # a code for logging in: emptied once sent (not in a sample)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)  # a worker is handing it over; after this moment it has died
    provider_ref = models.CharField(max_length=120, blank=True)
    trouble = models.CharField(max_length=300, blank=True)  # the last refusal, without personal data
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

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

"""People who log in: citizens by personal number, officers by a name of their own."""

import secrets
import uuid
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from motcua.accounts.passwords import normalise
from motcua.places.models import Unit

if TYPE_CHECKING:
    from motcua.accounts.national.claims import NationalOrganisation


def random_handle() -> str:
    """A login name that nobody types: citizens come in by their personal number."""
    return "c-" + secrets.token_hex(8)


class UserManager(BaseUserManager["User"]):
    """Django asks for one by this name; accounts are opened in `services`."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(handle=username)


class User(AbstractBaseUser):
    """A person's account (tài khoản)."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen", "Công dân"
        OFFICER = "officer", "Cán bộ, công chức"

    class Sex(models.TextChoices):
        MALE = "nam", "Nam"
        FEMALE = "nu", "Nữ"

    class Assurance(models.TextChoices):
        """How sure we are of who it is (mức độ bảo đảm); decides which papers must still be brought."""

        BASIC = "co-ban", "Mức độ cơ bản"
        MEDIUM = "trung-binh", "Mức độ trung bình"
        HIGH = "cao", "Mức độ cao"

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.CITIZEN)
    handle = models.CharField(max_length=60, unique=True, default=random_handle)  # officers: "chi.tt"
    full_name = models.CharField(max_length=200)
    personal_number = models.CharField(
        max_length=12, null=True, unique=True
    )  # số định danh cá nhân; officers have none here
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=4, choices=Sex, blank=True)
    phone = models.CharField(max_length=16, blank=True, db_index=True)  # E.164: +84…; a family may share one
    phone_verified_at = models.DateTimeField(null=True)
    email = models.EmailField(blank=True)
    email_verified_at = models.DateTimeField(null=True)
    residence = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    residence_detail = models.CharField(max_length=200, blank=True)  # house, street, hamlet
    notice_ways = models.JSONField(default=list, blank=True)  # "zalo", "sms", "email"; empty: no choice
    zalo_user = models.CharField(max_length=40, blank=True, db_index=True)  # a family may share one
    zalo_linked_at = models.DateTimeField(null=True)
    assurance = models.CharField(max_length=12, choices=Assurance, default=Assurance.BASIC)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # Whom they stand for in this very session, put there by the door of a page; never kept.
    came_for: "NationalOrganisation | None" = None

    objects = UserManager()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_citizen_has_number",
                condition=~Q(kind="citizen") | Q(personal_number__isnull=False),
            ),
            models.CheckConstraint(
                name="user_number_is_12_digits",
                condition=Q(personal_number=None) | Q(personal_number__regex=r"^[0-9]{12}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def set_password(self, raw_password: str | None) -> None:
        """Set the password in its one normal form, whichever keyboard it was typed on."""
        super().set_password(None if raw_password is None else normalise(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password, composed or decomposed."""
        return super().check_password(None if raw_password is None else normalise(raw_password))

    @property
    def is_officer(self) -> bool:
        """Whether this account belongs to the desk."""
        return self.kind == self.Kind.OFFICER


class NationalIdentity(models.Model):
    """A person's account at the National portal that also opens the account here (liên kết tài khoản)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="national_identities")
    issuer = models.CharField(max_length=200)  # the portal's address, as its own documents name it
    subject = models.CharField(max_length=255)  # the person's lasting name there
    linked_at = models.DateTimeField(auto_now_add=True)
    last_login_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="national_subject_once"),
            models.UniqueConstraint(fields=["issuer", "user"], name="national_one_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer}: {self.user_id}"


class ZaloCode(models.Model):
    """What a person writes to the province's Zalo account so that it knows them (mã liên kết). Only a hash is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"zalo {self.user_id}"


class Complaint(models.Model):
    """Somebody says that the account with their number isn't theirs (khiếu nại về tài khoản; guide S1).

    Whoever complains isn't known yet: nothing happens to the account before an administrator has seen their card.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", "Chưa trả lời"
        GIVEN_BACK = "given_back", "Đã trả tài khoản cho người khiếu nại"
        UNFOUNDED = "unfounded", "Không có căn cứ"

    ref = models.CharField(max_length=16, unique=True)  # KN-XXXX-XXXX
    user = models.ForeignKey(User, models.PROTECT, related_name="+")  # the account it is about
    full_name = models.CharField(max_length=200)
    phone = models.CharField(max_length=16)  # E.164, as typed: nobody has proved it
    # The agency at whose desk the person shows their card, by its code (this room knows no agencies); its
    # administrators answer, and the province's. Empty: only the province's.
    desk = models.CharField(max_length=35, blank=True)
    text = models.CharField(max_length=1000)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["outcome", "created_at"], name="complaint_by_outcome")]
        constraints = [
            models.CheckConstraint(
                name="complaint_answered_has_answer",
                condition=Q(outcome="open") | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Code(models.Model):
    """A one-time code (mã xác nhận, OTP) on its way to a phone or an email address.

    Only a keyed hash of the digits is kept. `user` is empty while registering; without user and addresses it is a
    decoy: somebody asked for an account that isn't there and must not learn so.
    """

    class Purpose(models.TextChoices):
        REGISTER = "register", "Đăng ký"
        LOGIN = "login", "Đăng nhập"
        RECOVER = "recover", "Quên mật khẩu"
        CONTACT = "contact", "Đổi điện thoại, thư điện tử"
        HUMAN = "human", "Mã xác nhận"
        LOOKUP = "lookup", "Tra cứu hồ sơ"

    class Channel(models.TextChoices):
        SMS = "sms", "Tin nhắn"
        EMAIL = "email", "Thư điện tử"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=8, choices=Purpose)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    channel = models.CharField(max_length=5, choices=Channel, default=Channel.SMS)
    digest = models.CharField(max_length=64, blank=True)  # empty until digits were made: nothing typed is right
    sends = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_for = models.CharField(max_length=64, blank=True)  # hash of the one request that used it (see check_code)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="code_by_expiry")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.channel}"

"""Email through an SMTP server (MOTCUA_SMTP_*)."""

import hashlib
import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from motcua.notifications.channels.base import ChannelError, Taken
from motcua.notifications.models import Message


class Mail:
    """Plain text and the file that is enclosed; a second sending has the same Message-ID: one letter is shown."""

    def send(self, message: Message) -> Taken:
        number = message_id(message)
        letter = EmailMessage(
            subject=" ".join(message.subject.split()),
            body=message.body,
            to=[message.address],
            headers={"Message-ID": number, "Auto-Submitted": "auto-generated"},
            connection=get_connection(),
        )
        if message.enclosure is not None:
            letter.attach(message.enclosure_name, bytes(message.enclosure))
        try:
            letter.send()
        except smtplib.SMTPRecipientsRefused as refusal:
            codes = [code for code, _words in refusal.recipients.values()]
            raise ChannelError(f"The address was refused: {codes}.", retry=all(code < 500 for code in codes)) from None
        except smtplib.SMTPAuthenticationError as refusal:
            raise ChannelError(f"The mail server refused our login: {refusal.smtp_code}.", retry=True) from None
        except smtplib.SMTPResponseException as refusal:
            raise ChannelError(
                f"The mail server refused: {refusal.smtp_code}.", retry=refusal.smtp_code < 500
            ) from None
        except (OSError, smtplib.SMTPException) as trouble:
            raise ChannelError(f"The mail server was not reached: {type(trouble).__name__}.", retry=True) from None
        except (ValueError, UnicodeError) as trouble:
            raise ChannelError(f"The letter could not be written: {type(trouble).__name__}.", retry=False) from None
        return Taken(number)


def message_id(message: Message) -> str:
    """The letter's own number: always the same for one message."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    host = address.rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(message.key.encode()).hexdigest()[:32]}@{host}>"

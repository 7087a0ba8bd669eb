"""The post: Django mail over SMTP when `EMAIL_URL` is set, and a twin that keeps letters in memory."""

import smtplib
from dataclasses import dataclass, field
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from sabaq.enrolment.ports import Mail, MailDelayed, MailRefused


class DjangoPostman:
    """Hands letters to the configured mail server."""

    @property
    def delivers(self) -> bool:
        return bool(settings.EMAIL_URL)

    def deliver(self, mail: Mail) -> None:
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        message = EmailMessage(
            subject=mail.subject,
            body=mail.body,
            to=[mail.to],
            reply_to=[mail.reply_to] if mail.reply_to else None,
            # The same letter keeps its id, so that mail servers may drop a second copy.
            headers={"Message-ID": f"<{mail.key}@{domain}>", "Auto-Submitted": "auto-generated"},
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _reply in error.recipients.values()]
            if all(500 <= code < 600 for code in codes):
                raise MailRefused from None
            raise MailDelayed from None
        except (smtplib.SMTPException, OSError):
            # The text of the fault may hold the address: it is not passed on.
            raise MailDelayed from None


@dataclass
class MemoryPostman:
    """Keeps what it was given; `fault` makes it raise instead."""

    delivers: bool = True
    fault: Exception | None = None
    sent: list[Mail] = field(default_factory=list)

    def deliver(self, mail: Mail) -> None:
        if self.fault is not None:
            raise self.fault
        self.sent.append(mail)

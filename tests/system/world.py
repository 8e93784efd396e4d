"""The world outside: customers and their mail servers, who take our answers, write back, bounce, and are on holiday.

What a customer does follows from her address, so that the same seed tells the same story:
`klient…` writes back twice; `znika…` is refused once by a server that took the mail first; `urlop…` has a machine that
answers; the server of `zajety…` puts us off once.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from queue import Queue
from typing import Any

from tests.system.plugs import DESK, header

REPLIES = 2
SERVER = "poczta.example"


@dataclass(frozen=True)
class Letter:
    """A mail on its way to us; `sender` is the envelope's, empty for what servers themselves say."""

    raw: bytes
    sender: str
    to: str
    message_id: str
    answers: str = ""


@dataclass
class World:
    """`taken` counts our answers by Message-ID; `written` holds all that was ever sent to us."""

    rng: random.Random
    taken: Counter[str] = field(default_factory=Counter)
    written: dict[str, Letter] = field(default_factory=dict)
    bounced: set[str] = field(default_factory=set)
    post: Queue[Letter | None] = field(default_factory=Queue)
    met: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_RCPT(
        self, _server: object, _session: object, envelope: Any, address: str, _options: object
    ) -> str:
        if address.startswith("zajety") and not self._met_before(address):
            return "451 4.2.0 Busy, try again"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        mid, customer = header(envelope.content, "Message-ID"), envelope.rcpt_tos[0]
        self.taken[mid] += 1
        if self.taken[mid] == 1:
            self._react(customer, envelope, mid)
        return "250 2.0.0 Ok"

    def _met_before(self, address: str) -> bool:
        with self.lock:
            self.met[address] += 1
            return self.met[address] > 1

    def _react(self, customer: str, envelope: Any, mid: str) -> None:
        if customer.startswith("znika"):
            if not self._met_before(customer):
                self.bounced.add(mid)
                self.write(bounce(envelope.content, customer, envelope.mail_from or DESK))
        elif customer.startswith("urlop"):
            self.write(reply(envelope.content, customer, mid, "Jestem na urlopie do poniedziałku.", machine=True))
        elif self.met[f"replies {customer}"] < REPLIES:
            self.met[f"replies {customer}"] += 1
            self.write(reply(envelope.content, customer, mid, self.rng.choice(WORDS)))

    def write(self, letter: Letter) -> None:
        """Put a letter in the post; what must have arrived in the end is known from now on."""
        self.written[letter.message_id] = letter
        self.post.put(letter)


WORDS = (
    "Dziękuję, już działa.",
    "Niestety, dalej to samo. Co teraz?",
    "Zrobiłam, jak Pani pisze, i nic.",
    "A czy to nic nie kosztuje?",
)


def first(number: int, customer: str, rng: random.Random) -> Letter:
    """The mail with which a case begins."""
    message = _mail(customer, DESK, f"Sprawa {number}", f"<{number}.soak@{SERVER}>")
    message.set_content("Dzień dobry, nie działa mi internet.\n" * rng.randrange(1, 20))
    return Letter(_bytes(message), customer, DESK, str(message["Message-ID"]))


def reply(answer: bytes, customer: str, mid: str, words: str, *, machine: bool = False) -> Letter:
    """What a mail program makes of "reply": the answer's own address and reference, with or without a person."""
    to = header(answer, "Reply-To").rpartition("<")[2].rstrip(">")
    message = _mail(customer, to, "Re: Sprawa", f"<re.{mid[1:-1].replace('@', '.')}@{SERVER}>")
    message["In-Reply-To"] = mid
    message["References"] = f"{header(answer, 'References')} {mid}".strip()
    if machine:
        message["Auto-Submitted"] = "auto-replied"
    message.set_content(f"{words}\n\nW dniu 26.11.2026 o 10:00 Fala Mobile pisze:\n> Sprawdziłam. Już działa.\n")
    return Letter(_bytes(message), customer, to, str(message["Message-ID"]), answers=mid)


def bounce(answer: bytes, customer: str, sender: str) -> Letter:
    """RFC 3464: the customer's server took the answer, and says later that there is no such mailbox."""
    mid = header(answer, "Message-ID")
    own = f"<b.{mid[1:-1].replace('@', '.')}@{SERVER}>"
    words = NO_SUCH_USER.format(server=SERVER, sender=sender, own=own, customer=customer)
    headers = answer.partition(b"\r\n\r\n")[0]
    return Letter(words.replace("\n", "\r\n").encode().replace(b"HEADERS", headers), "", sender, own, answers=mid)


NO_SUCH_USER = """\
From: MAILER-DAEMON@{server}
To: {sender}
Subject: Undelivered Mail Returned to Sender
Message-ID: {own}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="parts"

--parts
Content-Type: text/plain

<{customer}>: 550 5.1.1 No such user here
--parts
Content-Type: message/delivery-status

Reporting-MTA: dns; {server}

Final-Recipient: rfc822; {customer}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user here

--parts
Content-Type: text/rfc822-headers

HEADERS

--parts--
"""


def _mail(sender: str, to: str, subject: str, mid: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Message-ID"] = sender, to, subject, mid
    return message


def _bytes(message: EmailMessage) -> bytes:
    return message.as_bytes(policy=SMTP)

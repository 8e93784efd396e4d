"""What a channel understood of the raw bytes: the one shape in which every channel hands a message to the cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

# Files within an envelope (winmail.dat, a forwarded mail) are numbered beyond every part of the message itself.
INSIDE = 100_000


def outer(index: int) -> int:
    """The part of the message itself that is, or holds, the part with this number."""
    return index // INSIDE - 1 if index >= INSIDE else index


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the message that is kept as an attachment. `index` counts all leaves depth first, from 0; a file
    within an envelope has INSIDE times the envelope's place from 1, plus its own. `size` is in bytes after transfer
    decoding."""

    index: int
    name: str
    content_type: str
    size: int
    inline: bool = False
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader should know of a message beside its words: `kind` names the sentence, `words` fill it."""

    kind: str
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a bounce says. `failed`: the mail will not come any more; else it is only late. `hard`: the address will
    not take later mail either. `message_ids` and `envelope_ids` are those of the mail that came back, `words`
    the other server's on one line."""

    failed: bool
    hard: bool
    reason: str = ""
    words: str = ""
    message_ids: tuple[str, ...] = ()
    envelope_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article of the guide that the writer had read before she wrote, as she herself tells: `problem` is its key,
    `query` what she had looked for, `helped` what she said of it."""

    problem: str
    at: datetime
    query: str = ""
    helped: bool | None = None


@dataclass(frozen=True, slots=True)
class Walked:
    """Guided questions that were answered before: what was asked and said, and the problem#solution tried in vain.

    `topic` is the one of the end that was reached, a key of core.topic_words; "" when it has none. `urgent` says that
    this end cannot wait its turn.
    """

    title: str
    lines: tuple[tuple[str, str], ...]
    tried: tuple[str, ...] = ()
    topic: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that came in. Addresses are lower case with the domain in its xn-- form; Message-IDs keep their <>.

    `text` is the whole body as text, `reply_text` the writer's own words in it. `case_token` is set by channels that
    know the case already (the customer's page); mail proves it by its addresses and references instead.

    `written_in`: "pl", "en", "uk", "ru", or "" when the words say nothing for sure; `language` is that of our answer.

    `auto_submitted`: a machine says that it wrote this; `sounds_automatic`: the words are a machine's, which proves
    nothing alone; `silent`: the sender of the envelope is empty, as it stands in the mail.

    `claimed`: the address was typed into a form: nothing speaks for the writer. `read_before`: articles of the guide.

    `from_doubt` names what is odd with the sender: "several" writers, the same one "repeated", a "group", somebody
    else's address as the "name", "no_from" at all; "" when nothing is.
    """

    from_address: str = ""
    from_name: str = ""
    from_doubt: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    text: str = ""
    reply_text: str = ""
    html_present: bool = False
    attachments: tuple[Part, ...] = ()
    auto_submitted: bool = False
    sounds_automatic: bool = False
    silent: bool = False
    bounce: bool = False
    bounce_recipients: tuple[str, ...] = ()
    notice: Notice | None = None
    charset: str = ""
    language: str = "pl"
    written_in: str = ""
    case_token: str = ""
    claimed: bool = False
    read_before: tuple[ReadArticle, ...] = ()
    walked: Walked | None = None
    defects: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Unreadable(Exception):
    """The bytes cannot be understood as a message of this channel; they are put aside whole, the reason is shown."""

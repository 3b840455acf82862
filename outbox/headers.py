"""Headers of a letter, written so that they read back as they were (RFC 5322, 2.2.3; RFC 2047).

Python's own folding differs from version to version: 3.13.0 doubles blanks and glues words where it encodes a part of a
line. Here a text is encoded whole or not at all, and broken where readers join it again without a trace: between two
encoded words, or at a blank.
"""

import re
from email import base64mime, quoprimime
from email.headerregistry import (
    Address,
    HeaderRegistry,
    UniqueAddressHeader,
    UniqueSingleAddressHeader,
    UniqueUnstructuredHeader,
    UnstructuredHeader,
)
from email.message import Message
from email.policy import Policy
from itertools import chain
from typing import Any

LINE = 78  # RFC 5322, 2.1.1
LONGEST_WORD = 75  # RFC 2047, 2

type MailPolicy = Policy[Message[str, str]]


class OnOneLine(UnstructuredHeader):
    """Never folded nor encoded: mail programs do not decode an address on the web."""

    name: str  # of the class it is mixed into, as for those below

    def fold(self, *, policy: MailPolicy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class Text(UniqueUnstructuredHeader):
    """A subject. It is taken as it is: where it looks like an encoded word, it is not."""

    name: str

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["parse_tree"] = cls.value_parser(value)
        kwds["decoded"] = value

    def fold(self, *, policy: MailPolicy) -> str:
        return folded(self.name, words_of(str(self)), policy)


class OneAddress(UniqueSingleAddressHeader):
    name: str

    def fold(self, *, policy: MailPolicy) -> str:
        return folded(self.name, words_of_addresses(self.addresses), policy)


class Addresses(UniqueAddressHeader):
    name: str

    def fold(self, *, policy: MailPolicy) -> str:
        return folded(self.name, words_of_addresses(self.addresses), policy)


HEADERS = HeaderRegistry()
for name, kind in {
    "list-unsubscribe": OnOneLine,
    "subject": Text,
    "from": OneAddress,
    "to": Addresses,
    "reply-to": Addresses,
}.items():
    HEADERS.map_to_type(name, kind)  # type: ignore[arg-type]  # a mixin, as Python’s own are


def folded(name: str, words: list[str], policy: MailPolicy) -> str:
    """The words on lines of at most 78 characters, but for a word that alone is longer."""
    lines = [f"{name}:"]
    for number, word in enumerate(words):
        if number and len(lines[-1]) + 1 + len(word) > LINE:
            lines.append("")
        lines[-1] += f" {word}"
    return policy.linesep.join(lines) + policy.linesep


def words_of(text: str) -> list[str]:
    """What stands between the blanks; where one of them needs encoding, encoded words for the whole."""
    if needs_encoding(text):
        return encoded_words(text)
    return text.split(" ")


def needs_encoding(text: str) -> bool:
    """Also what only looks encoded, and blanks that a reader would take together or off."""
    return not text.isascii() or "=?" in text or text != " ".join(text.split())


def encoded_words(text: str) -> list[str]:
    """The text in encoded words, in whichever of the two ways is shorter for it.

    They break behind blanks where they can, else between letters: some readers put a blank between two of them in a name.
    """
    in_q, in_b = (way.header_encode(text.encode(), "utf-8") for way in (quoprimime, base64mime))
    way = quoprimime if len(in_q) <= len(in_b) else base64mime

    def encoded(piece: str) -> str:
        word: str = way.header_encode(piece.encode(), "utf-8")
        return word

    words, line = [], ""
    for piece in re.findall(r"[^ ]* *", text):
        if len(encoded(line + piece)) <= LONGEST_WORD - len(
            "Reply-To: "
        ):  # it may stand beside the header's name
            line += piece
            continue
        if line:
            words.append(encoded(line))
            line = ""
        for letter in piece:
            if len(encoded(line + letter)) > LONGEST_WORD - len("Reply-To: "):
                words.append(encoded(line))
                line = ""
            line += letter
    return [*words, encoded(line)] if line else words


def words_of_addresses(addresses: tuple[Address, ...]) -> list[str]:
    each = [words_of_address(address) for address in addresses]
    for words in each[:-1]:
        words[-1] += ","
    return list(chain.from_iterable(each))


def words_of_address(address: Address) -> list[str]:
    name = address.display_name
    if not name:
        return [address.addr_spec]
    if needs_encoding(name):
        return [*encoded_words(name), f"<{address.addr_spec}>"]
    # Quoted where it needs to be, as Python writes it.
    return str(address).split(" ")

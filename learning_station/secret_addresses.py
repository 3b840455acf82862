"""Secrets that stand in addresses, and how they are kept out of logs: the proxy's, the web server's, our own.

Some links in letters must open without signing in, so their addresses hold a secret (docs/decisions/0004). Whoever reads a
log must not get in by it. A test goes through all addresses of the station: one with a variable part that is neither below
nor known to be harmless fails it.
"""

import logging
import re

HIDDEN = "…"

# What stands before the secret part, from the first slash of the address on. The longer ones first.
BEFORE = (
    "me/calendar/",
    "registrations/",
    "guests/",
    "certificates/[?]code=",
    "certificates/",
    "check-in/tickets/",
    "check-in/",
    "accounts/reminders/",
    "accounts/password/reset/key/",
    "proposals/confirmation/",
    "proposals/continuing/",
    "proposals/joining/",
    "proposals/desk/",
    "proposals/",
    "pictures/waiting/",
)

# Also where one address stands inside another, as in ?next=%2Fme%2F; once or more often encoded. The pattern is read by
# Python and, in deploy/Caddyfile, by Go: nothing that one of them does not know.
SLASH = "(?:/|%(?:25)*2[Ff])"
PIECE = "(?:[^/%?&#\"' ]|%(?:25)*(?:[013-9A-Fa-f][0-9A-Fa-f]|2[0-46-9A-Ea-e]))+"
PATTERN = f"({SLASH}(?:{'|'.join(part.replace('/', SLASH) for part in BEFORE)})){PIECE}"

_secret = re.compile(PATTERN)


def hide(text: str) -> str:
    """The text with the secret part of each address in it taken out: “/registrations/…/cancellation/”."""
    return _secret.sub(rf"\1{HIDDEN}", text)


class HidingFormatter(logging.Formatter):
    """For our own lines: what Django says of a page that failed, and its traceback, names the page's address."""

    def format(self, record: logging.LogRecord) -> str:
        return hide(super().format(record))

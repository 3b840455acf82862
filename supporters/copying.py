"""Of an activity that is held again: who supports it still."""

from copying.parts import Copied


def copy_supporters(copied: Copied) -> None:
    host = copied.draft.host
    today = copied.now.astimezone(host.zone).date() if host else copied.now.date()
    copied.source.supporters.all().carry_on(since=today, activity=copied.draft)

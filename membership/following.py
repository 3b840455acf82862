"""What follows when a person confirms that somebody acts for an organization. Rooms above ask here to be told.

They are told in the transaction of the confirming, with the person locked. What a domain confirms they see by the clock.
"""

from collections.abc import Callable

from accounts.models import User

_followers: list[Callable[[User], None]] = []


def when_confirmed(follow: Callable[[User], None]) -> None:
    _followers.append(follow)


def tell_confirmed(person: User) -> None:
    for follow in _followers:
        follow(person)

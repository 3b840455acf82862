from datetime import date
from itertools import permutations

import pytest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from catalog.errors import CannotDelete, CannotPublish, MeetingsOverlap
from hubs import errors as hubs
from outbox import errors as outbox
from proposals import errors as proposals
from registrations import errors as registrations
from texts.refusals import Refused

ROOMS = [room.Refused for room in (hubs, outbox, proposals, registrations)]


class TooManyGuests(Refused):
    words = _("%(count)d of %(whole)s")

    def __init__(self, count: int):
        self.count = count

    @property
    def whole(self) -> str:
        return f"{2 * self.count} (100 %)"


def test_words_are_filled_with_what_the_refusal_knows():
    assert TooManyGuests(3).sentence == str(TooManyGuests(3)) == "3 of 6 (100 %)"


def test_a_sentence_is_in_the_language_of_who_reads_it():
    refusal = hubs.IsOver(date(2027, 3, 4))
    with override("fr"):
        assert refusal.sentence == "Cet accord a pris fin le 4 mars 2027. Renouvelez-le plutôt."
    assert refusal.sentence == "This agreement ended on 4 March 2027. Renew it instead."


@pytest.mark.parametrize(("room", "other_room"), list(permutations(ROOMS, 2)))
def test_who_catches_the_refusals_of_a_room_catches_no_others(room, other_room):
    assert not issubclass(room, other_room)
    assert not any(issubclass(kind, room) for kind in (CannotDelete, CannotPublish, MeetingsOverlap))

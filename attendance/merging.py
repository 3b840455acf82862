"""What becomes of attendance when two people are merged who were both registered for one session: who was there was there.

What hangs on a registration that moves goes along with it. All this happens under the lock of the session.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Meeting
from merging.moving import Moving, Undoing
from merging.parts import Line, Part
from one_place.pairs import Pair, pairs_of
from registrations.models import Registration

from .actions.settling import settle
from .models import Attendance, Correction, Guest, Tap

# The best first.
STATES = (Attendance.State.PRESENT, Attendance.State.EXCUSED, Attendance.State.ABSENT)
WORD = ("state", "minutes", "words", "noted_at", "noted_by", "struck_at", "struck_by")


def outlook(kept: User, gone: User) -> list[Line]:
    of_gone = Attendance.objects.filter(registration__person=gone).values("meeting")
    lines = [Line(_("meetings with attendance noted"), of_gone.distinct().count())]
    if Attendance.objects.filter(registration__person=kept, meeting__in=of_gone).exists():
        lines.append(Line(_("At a meeting that both are noted for, the better attendance stays.")))
    return lines


def move(moving: Moving[User]) -> None:
    for pair in pairs_of(moving.kept, moving.gone):
        nothing_counts(pair)
        for meeting in meetings_of(pair):
            unite(moving, pair, meeting)
        for row in Tap.objects.filter(registration=pair.goes):
            moving.set(row, "registration", pair.stays)
        for guest in Guest.objects.filter(registration=pair.goes):
            moving.set(guest, "registration", pair.stays)
        asked = set(pair.stays.corrections.filter(answered_at=None).values_list("meeting", flat=True))
        for correction in pair.goes.corrections.all():
            if correction.answered_at or correction.meeting_id not in asked:
                moving.set(correction, "registration", pair.stays)


def unite(moving: Moving[User], pair: Pair, meeting: Meeting) -> None:
    """Of two words of one source one stays with each, of others all are of the one that stays: but where the other was there
    and this one was not, what is known of the two is exchanged."""
    of_stays, of_goes = ({row.source: row for row in rows_of(one, meeting)} for one in pair)
    if not of_goes or (of_stays and best(of_goes.values()) >= best(of_stays.values())):
        return
    for source in of_stays.keys() | of_goes.keys():
        here, there = of_stays.get(source), of_goes.get(source)
        if here and there:
            exchange(moving, here, there)
        elif there:
            moving.set(there, "registration", pair.stays)
        elif here:
            moving.set(here, "registration", pair.goes)


def exchange(moving: Moving[User], here: Attendance, there: Attendance) -> None:
    words = {name: (getattr(there, name), getattr(here, name)) for name in WORD}
    for name, (of_here, of_there) in words.items():
        moving.set(here, name, of_here)
        moving.set(there, name, of_there)


def best(rows: Iterable[Attendance]) -> int:
    """What counts of these: the lower, the better."""
    standing = [row for row in rows if row.struck_at is None]
    if not standing:
        return len(STATES)
    first = min(standing, key=lambda row: Attendance.RANK.index(Attendance.Source(row.source)))
    return STATES.index(Attendance.State(first.state))


def rows_of(registration: Registration, meeting: Meeting) -> Iterable[Attendance]:
    return Attendance.objects.filter(registration=registration, meeting=meeting)


def meetings_of(pair: Pair) -> list[Meeting]:
    noted = Attendance.objects.filter(registration__in=pair).values("meeting")
    return list(Meeting.objects.filter(pk__in=noted).order_by("pk"))


def nothing_counts(pair: Pair) -> None:
    """Until it is settled anew: the database takes no second row that counts."""
    Attendance.objects.filter(registration__in=pair, counts=True).update(counts=False)


def before_it_goes_back(undoing: Undoing[User]) -> None:
    for pair in pairs_of(undoing.kept, undoing.gone):
        nothing_counts(pair)


def settle_both(kept: User, gone: User) -> None:
    """Nothing counts for an account that is gone, so that nobody is counted twice."""
    is_gone = User.objects.filter(pk=gone.pk, merged_into=kept).exists()
    for pair in pairs_of(kept, gone):
        for meeting in meetings_of(pair):
            settle(meeting, [pair.stays] if is_gone else list(pair))


OF_ATTENDANCE = Part(
    covers=(Attendance, Correction, Guest, Tap),
    outlook=outlook,
    move=move,
    give_back=before_it_goes_back,
    settle=settle_both,
    not_moved=_(
        "Who helps at a session is known by a proven address, and those lead to the account that stays."
    ),
)

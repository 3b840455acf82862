"""When somebody has taken part, at its edges."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from catalog.certificate_rule import Certificate, Counted, Rule, is_in_favor
from catalog.models import Activity
from tests import cast


def rule(
    percent: int = 80,
    of: Counted = Counted.MEETINGS,
    *,
    without_excused: bool = False,
    certificate: Certificate = Certificate.PARTICIPATION,
) -> Rule:
    return Rule(certificate=certificate, percent=percent, percent_of=of, leaves_out_excused=without_excused)


@pytest.mark.parametrize(
    ("percent", "of", "needed"),
    [
        (80, 5, 4),
        (100, 3, 3),
        (50, 3, 2),
        (50, 1, 1),
        (1, 1, 1),
        (1, 100, 1),
        (1, 101, 2),
        (99, 100, 99),
        (99, 101, 100),
        (29, 100, 29),  # 0.29 * 100 is less than 29 among floats
        (80, 0, 0),
    ],
)
def test_what_is_needed_is_rounded_up(percent: int, of: int, needed: int) -> None:
    assert rule(percent).needed(of) == needed


@pytest.mark.parametrize(
    ("percent", "without_excused", "present", "excused", "of", "met"),
    [
        (80, False, 4, 0, 5, True),
        (80, False, 3, 0, 5, False),
        (80, False, 3, 2, 5, False),  # excused is not present
        (80, True, 3, 2, 5, True),  # 3 of the 3 that count
        (80, True, 3, 1, 5, False),  # 80 % of 4 are 4
        (100, True, 1, 4, 5, True),
        (50, True, 0, 5, 5, False),  # excused from all
        (1, False, 0, 5, 5, False),
        (1, False, 0, 0, 0, False),  # no meetings
        (1, True, 0, 0, 0, False),
        (100, False, 5, 0, 5, True),
        (100, False, 4, 1, 5, False),
        (1, False, 1, 0, 100, True),
        (50, False, 0, 0, 1, False),
    ],
)
def test_met_by(percent: int, without_excused: bool, present: int, excused: int, of: int, met: bool) -> None:
    asked = rule(percent, without_excused=without_excused)
    assert asked.met_by(present=present, excused=excused, of=of) is met


@pytest.mark.parametrize(("present", "excused", "of"), [(3, 3, 5), (6, 0, 5), (-1, 0, 5), (0, -1, 5)])
def test_what_is_no_part_of_the_whole_is_a_mistake(present: int, excused: int, of: int) -> None:
    with pytest.raises(ValueError, match="no parts"):
        rule().met_by(present=present, excused=excused, of=of)


COMPLETION = Certificate.COMPLETION


@pytest.mark.parametrize(
    ("new", "old", "in_favor"),
    [
        (None, None, True),
        (rule(), None, True),
        (None, rule(), False),
        (rule(), rule(), True),
        (rule(79), rule(80), True),
        (rule(81), rule(80), False),
        (rule(without_excused=True), rule(), True),
        (rule(), rule(without_excused=True), False),
        (rule(1), rule(2, without_excused=True), False),  # 100 meetings, excused from 99
        (rule(81, without_excused=True), rule(80), False),
        (rule(50, Counted.MINUTES), rule(80), False),
        (rule(50), rule(80, Counted.MINUTES), False),
        (rule(50, certificate=COMPLETION), rule(80), False),
        (rule(50), rule(80, certificate=COMPLETION), False),
        (rule(50, certificate=COMPLETION), rule(80, certificate=COMPLETION), True),
    ],
)
def test_in_favor(new: Rule | None, old: Rule | None, in_favor: bool) -> None:
    assert is_in_favor(new, old) is in_favor


def test_nobody_who_met_the_old_rule_fails_one_in_its_favor() -> None:
    rules = [
        rule(percent, without_excused=without_excused)
        for percent in (1, 34, 50, 67, 80, 100)
        for without_excused in (False, True)
    ]
    attended = [
        (present, excused, of)
        for of in range(7)
        for excused in range(of + 1)
        for present in range(of - excused + 1)
    ]
    for new in rules:
        for old in rules:
            if new.in_favor_of(old):
                assert all(
                    new.met_by(present=present, excused=excused, of=of)
                    for present, excused, of in attended
                    if old.met_by(present=present, excused=excused, of=of)
                )


@pytest.mark.parametrize(
    ("asked", "meetings", "words"),
    [
        (rule(), 5, "present at 4 of 5 meetings or more"),
        (rule(100), 5, "present at all 5 meetings"),
        (rule(80), 2, "present at all 2 meetings"),
        (rule(50), 1, "present at the meeting"),
        (rule(), None, "present at 80% of the meetings or more"),
        (rule(), 0, "present at 80% of the meetings or more"),
        (rule(100), None, "present at every meeting"),
        (rule(50, Counted.MINUTES), 5, "present for 50% of the minutes or more"),
        (rule(100, Counted.MINUTES), 5, "present from the first minute to the last"),
        (
            rule(without_excused=True),
            5,
            "present at 80% of the meetings or more; meetings for which one is excused are not counted",
        ),
    ],
)
def test_in_words(asked: Rule, meetings: int | None, words: str) -> None:
    assert asked.words(meetings) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "présence à 4 des 5 séances au moins"),
        ("es", "haber asistido al menos a 4 de los 5 encuentros"),
        ("ar", "حضور 4 من 5 لقاءات على الأقل"),
    ],
)
def test_in_words_of_each_language(language: str, words: str) -> None:
    with override(language):
        assert rule().words(5) == words


@pytest.mark.parametrize(
    ("meetings", "words"),
    [
        (1, "حضور اللقاء"),
        (2, "حضور اللقاءين كليهما"),
        (3, "حضور اللقاءات الـ3 كلها"),
        (11, "حضور اللقاءات الـ11 كلها"),
        (100, "حضور اللقاءات الـ100 كلها"),
    ],
)
def test_arabic_counts_the_meetings(meetings: int, words: str) -> None:
    with override("ar"):
        assert rule(100).words(meetings) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        {"certificate": "participation", "certificate_percent": None},
        {"certificate": "participation", "certificate_percent": 0},
        {"certificate": "completion", "certificate_percent": 101},
        {"certificate": "none", "certificate_percent": 80},
    ],
)
def test_no_row_has_half_a_rule(columns: dict[str, object]) -> None:
    activity = cast.activity()
    with pytest.raises(IntegrityError, match="activity_rule_is_whole"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(**columns)


@pytest.mark.django_db
def test_an_activity_knows_its_rule() -> None:
    activity = cast.activity()
    assert activity.rule is None
    activity.certificate, activity.certificate_percent = "completion", 70
    activity.certificate_percent_of, activity.leaves_out_excused = "minutes", True
    activity.save()
    assert Activity.objects.get(pk=activity.pk).rule == rule(
        70, Counted.MINUTES, without_excused=True, certificate=COMPLETION
    )

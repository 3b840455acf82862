"""Whether a name that is typed is the one on a certificate, as people of all scripts write names."""

import pytest

from credentials.names_alike import same_name, tells_of


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("amina  DIALLO", "Amina Diallo"),
        ("Diallo Amina", "Amina Diallo"),
        ("Chloe Dubois Nguyen", "Chloé Dubois-Nguyễn"),
        ("OBrien Sean", "Seán O’Brien"),
        ("O'Brien Seán", "Seán O’Brien"),
        ("Lukasz Zolc", "Łukasz Żółć"),
        ("احمد", "أَحْمَد"),
        ("علي رضائی", "على رضائي"),
        ("فاطمة الزهراء", "فاطمه الزهراء"),
        ("김 민수", "김민수"),
        ("王 小明", "王小明"),
        ("ФЁДОР Иванов", "Федор Иванов"),
        ("M A Diallo", "M. A. Diallo"),
        ("अमिता शर्मा", "अमिता  शर्मा"),
    ],
)
def test_written_otherwise_it_is_the_same_name(typed, name):
    assert same_name(typed, name)
    assert same_name(name, typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Amina", "Amina Diallo"),
        ("Amina Diallo Sow", "Amina Diallo"),
        ("Amina Diall", "Amina Diallo"),
        ("", "Amina Diallo"),
        ("…", "Amina Diallo"),
        ("김민", "김민수"),
        ("अमित शर्मा", "अमिता शर्मा"),
    ],
)
def test_another_name_is_another(typed, name):
    assert not same_name(typed, name)


def test_nobody_has_no_name():
    assert not same_name("", "")


def test_a_reason_that_names_somebody_is_found_by_one_word():
    assert tells_of("Mrs. DIALLO led the visit.", "Amina Diallo")
    assert not tells_of("She led the visit.", "Amina Diallo")
    assert not tells_of("A visit was led.", "A. Diallo"), "an initial says nothing"

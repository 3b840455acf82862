"""The key that `make run` makes for badges: once, for nobody else's eyes, and only where none is given."""

import stat

import pytest

from tools.local import badge_key


@pytest.fixture
def place(monkeypatch, tmp_path):
    monkeypatch.setattr(badge_key, "PLACE", tmp_path / "badge-key")
    monkeypatch.setattr(badge_key, "made", lambda environment: "a key")
    return badge_key.PLACE


def test_it_is_made_once_and_kept_for_its_owner_alone(place, monkeypatch):
    assert badge_key.of_this_machine({}) == {"BADGE_KEY": "a key"}
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    monkeypatch.setattr(badge_key, "made", lambda environment: "another")
    assert badge_key.of_this_machine({"BADGE_KEY": ""}) == {"BADGE_KEY": "a key"}


def test_one_that_is_given_counts_and_none_is_made(place):
    assert badge_key.of_this_machine({"BADGE_KEY": "given"}) == {}
    assert not place.exists()

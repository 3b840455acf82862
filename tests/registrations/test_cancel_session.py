import pytest

from outbox.models import Letter
from registrations import actions, errors
from tests import cast

pytestmark = pytest.mark.django_db

REASON = {"en": "The speaker is ill.", "fr": "L'intervenante est malade.", "es": "La ponente está enferma."}


def test_everybody_is_told_in_their_language_and_nobody_stands():
    session = cast.session(places=1)
    confirmed = cast.register(session, cast.person("Amina Diallo", language="fr"))
    waiting = cast.register(session, cast.person("Lucía Paz", language="es"))
    left = cast.register(session, cast.person("Kofi Mensah"))
    actions.cancel(registration=left, by=left.person)
    secretary = cast.secretary()

    assert actions.cancel_session(session=session, reason=REASON, by=secretary) == 2

    session.refresh_from_db()
    assert session.is_cancelled
    assert session.cancelled_by == secretary
    assert (session.places_taken, session.waiting_count) == (0, 0)
    for registration in (confirmed, waiting):
        registration.refresh_from_db()
        assert (registration.state, registration.cancelled_for) == ("cancelled", "session")
    left.refresh_from_db()
    assert left.cancelled_for == "person"
    letters = {letter.person_id: letter for letter in Letter.objects.filter(kind="session_cancelled")}
    assert set(letters) == {confirmed.person_id, waiting.person_id}
    assert REASON["fr"] in letters[confirmed.person_id].text
    assert REASON["es"] in letters[waiting.person_id].text
    assert letters[confirmed.person_id].calendar_method == "CANCEL"
    assert letters[waiting.person_id].calendar == ""  # they have no entry to take out


def test_a_reason_in_one_language_is_read_by_all():
    session = cast.session()
    cast.register(session, cast.person(language="fr"))
    actions.cancel_session(session=session, reason="The speaker is ill.", by=cast.secretary())
    letter = Letter.objects.get(kind="session_cancelled")
    assert "The speaker is ill." in letter.text
    assert "The speaker is ill." in letter.html


def test_without_a_reason_the_letter_gives_none():
    session = cast.session()
    cast.register(session)
    actions.cancel_session(session=session, reason="", by=cast.secretary())
    assert "reason" not in Letter.objects.get(kind="session_cancelled").text.lower().replace("receive", "")


def test_cancelling_twice_writes_once():
    session = cast.session()
    cast.register(session)
    assert actions.cancel_session(session=session, reason="First", by=cast.secretary()) == 1
    assert actions.cancel_session(session=session, reason="Second", by=cast.secretary()) == 0
    session.refresh_from_db()
    assert session.cancellation_reason == "First"
    assert Letter.objects.filter(kind="session_cancelled").count() == 1


def test_what_is_over_cannot_be_called_off():
    session = cast.session()
    with pytest.raises(errors.SessionIsOver):
        actions.cancel_session(session=session, reason="", by=cast.secretary(), now=session.ends_at)

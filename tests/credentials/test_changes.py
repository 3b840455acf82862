"""What becomes of a certificate: doubted, kept, withdrawn, its name corrected, hidden, granted, and its person erased."""

import pytest

from accounts import erasing
from attendance import actions as attendance_actions
from catalog.certificate_rule import Certificate as Kind
from credentials import actions, errors
from credentials.models import Certificate
from outbox.models import Letter
from registrations.actions import cancel_session
from tests import cast

from .making import DAY, START, finished, granted_by_hand, meeting_of, program, registered, signatory, there

pytestmark = pytest.mark.django_db


def correct(certificate, state, *, by, now):
    meeting = meeting_of(certificate.registration.session)
    attendance_actions.open_again(meeting=meeting, by=by, why="a correction", now=now)
    attendance_actions.note(
        registration=certificate.registration, meeting=meeting, state=state, by=by, now=now
    )
    attendance_actions.close(meeting=meeting, by=by, now=now)
    actions.issue(session=certificate.registration.session, by=by, now=now)
    certificate.refresh_from_db()


class TestDoubt:
    def test_a_correction_withdraws_nothing_and_is_put_on_the_desk_until_it_is_put_right(self, amina, by):
        correct(amina, "absent", by=by, now=amina.issued_at + DAY)
        assert amina.is_valid
        assert amina.is_doubted
        assert list(Certificate.objects.doubted()) == [amina]
        correct(amina, "present", by=by, now=amina.issued_at + 2 * DAY)
        assert not amina.is_doubted

    def test_staff_keep_it_with_a_reason_and_it_is_not_asked_again(self, amina, by):
        correct(amina, "absent", by=by, now=amina.issued_at + DAY)
        actions.keep(certificate=amina, why="She taught that day.", by=by)
        correct(amina, "absent", by=by, now=amina.issued_at + 2 * DAY)
        assert not amina.is_doubted
        assert amina.kept_by == by

    def test_what_is_not_doubted_is_not_kept(self, amina, by):
        with pytest.raises(errors.NotDoubted):
            actions.keep(certificate=amina, why="Why not", by=by)

    def test_what_was_granted_is_never_doubted(self, by):
        session = finished(1)
        (ben,) = registered(session, cast.person("Ben Okafor"))
        granted = granted_by_hand(registration=ben, kind=Kind.PARTICIPATION, why="He led the visit.", by=by)
        actions.issue(session=session, by=by, now=session.ends_at + DAY)
        granted.refresh_from_db()
        assert not granted.is_doubted


class TestWithdrawing:
    def test_it_says_since_when_and_the_person_why(self, amina, by):
        actions.withdraw(certificate=amina, why="It was another Amina.", by=by)
        amina.refresh_from_db()
        assert not amina.is_valid
        assert amina.withdrawn_by == by
        letter = Letter.objects.get(kind="certificate_withdrawn")
        assert "It was another Amina." in letter.text

    @pytest.mark.parametrize("why", ["", "   "])
    def test_not_without_a_reason(self, amina, by, why):
        with pytest.raises(errors.ReasonMissing):
            actions.withdraw(certificate=amina, why=why, by=by)

    def test_once_withdrawn_it_stays_so_and_nothing_else_is_done_with_it(self, amina, by):
        actions.withdraw(certificate=amina, why="By mistake", by=by)
        for change in (
            lambda: actions.withdraw(certificate=amina, why="Again", by=by),
            lambda: actions.correct_name(certificate=amina, name="Amina Sow", by=by),
            lambda: actions.keep(certificate=amina, why="Again", by=by),
        ):
            with pytest.raises(errors.NotCurrent):
                change()

    def test_the_worker_does_not_give_it_again_but_staff_may_grant_one(self, amina, by):
        actions.withdraw(certificate=amina, why="By mistake", by=by)
        actions.issue(session=amina.registration.session, now=amina.issued_at + DAY)
        assert Certificate.objects.count() == 1
        again = granted_by_hand(
            registration=amina.registration, kind=Kind.PARTICIPATION, why="She was there.", by=by
        )
        assert (again.edition, again.replaces) == (2, None)


class TestNaming:
    def test_a_corrected_name_makes_an_edition_that_replaces(self, amina):
        person = amina.registration.person
        after = actions.correct_name(certificate=amina, name="  Aminata   Diallo ", by=person)
        amina.refresh_from_db()
        assert not amina.is_current
        assert amina.replaced_by == after
        assert (after.edition, after.said.name, after.code != amina.code) == (2, "Aminata Diallo", True)
        assert after.facts | {"name": ""} == amina.facts | {"name": ""}
        assert Letter.objects.filter(kind="certificate_replaced", to=person.email).count() == 1

    def test_the_person_has_30_days_from_the_first_edition_and_staff_have_no_end(self, amina, by):
        person = amina.registration.person
        second = actions.correct_name(
            certificate=amina, name="Aminata Diallo", by=person, now=amina.issued_at + 30 * DAY
        )
        with pytest.raises(errors.TooLateToCorrect):
            actions.correct_name(
                certificate=second, name="Amina D.", by=person, now=amina.issued_at + 31 * DAY
            )
        third = actions.correct_name(
            certificate=second, name="Amina D.", by=by, now=amina.issued_at + 300 * DAY
        )
        assert third.edition == 3

    @pytest.mark.parametrize(
        ("name", "refusal"), [("Amina Diallo ", errors.SameName), (" ", errors.NameMissing)]
    )
    def test_not_for_the_same_name_or_none(self, amina, name, refusal):
        with pytest.raises(refusal):
            actions.correct_name(certificate=amina, name=name, by=amina.registration.person)

    def test_it_is_hidden_on_a_withdrawn_one_too_but_of_a_replaced_one_nobody_sees_it(self, amina, by):
        person = amina.registration.person
        corrected = actions.correct_name(certificate=amina, name="Aminata Diallo", by=person)
        with pytest.raises(errors.NotCurrent):
            actions.show_name(certificate=amina, shown=False, by=person)
        actions.withdraw(certificate=corrected, why="By mistake", by=by)
        actions.show_name(certificate=corrected, shown=False, by=person)
        corrected.refresh_from_db()
        assert corrected.name_hidden

    def test_hidden_stays_hidden_in_the_next_edition(self, amina):
        person = amina.registration.person
        actions.show_name(certificate=amina, shown=False, by=person)
        assert actions.correct_name(certificate=amina, name="Aminata Diallo", by=person).name_hidden


class TestGranting:
    @pytest.fixture
    def registration(self):
        session = program(1)
        signatory(session.activity.host)
        return registered(session, cast.person("Ben Okafor"))[0]

    def test_it_says_why_for_everybody_to_read(self, registration, by):
        granted = granted_by_hand(
            registration=registration, kind=Kind.COMPLETION, why=" He led the visit. ", by=by
        )
        assert granted.said.granted == "He led the visit."
        assert granted.said.rule_words == ""
        assert "He led the visit." in Letter.objects.get(kind="certificate_issued").text

    def test_not_twice_without_a_reason_or_a_name(self, registration, by):
        grant = {"registration": registration, "kind": Kind.COMPLETION, "by": by}
        with pytest.raises(errors.ReasonMissing):
            granted_by_hand(why=" ", **grant)
        granted_by_hand(why="He led the visit.", **grant)
        with pytest.raises(errors.HasOne):
            granted_by_hand(why="Again", **grant)
        registration.person.name = ""
        registration.person.save()
        with pytest.raises(errors.NameMissing):
            granted_by_hand(why="Other", registration=registration, kind=Kind.PARTICIPATION, by=by)

    def test_nobody_grants_or_keeps_their_own(self, registration, amina, by):
        with pytest.raises(errors.OwnCertificate):
            granted_by_hand(
                registration=registration, kind=Kind.COMPLETION, why="I was good.", by=registration.person
            )
        Certificate.objects.filter(pk=amina.pk).update(doubted_at=amina.issued_at)
        owner = amina.registration.person
        with pytest.raises(errors.OwnCertificate):
            actions.keep(certificate=amina, why="I was there.", by=owner)
        assert actions.keep(certificate=amina, why="She was there.", by=by).kept_by == by

    def test_not_to_who_gave_the_place_back_and_never_came(self, registration, by):
        registration.state, registration.cancelled_at = "cancelled", registration.registered_at
        registration.cancelled_for = "person"
        registration.save()
        with pytest.raises(errors.WasNotThere):
            granted_by_hand(registration=registration, kind=Kind.COMPLETION, why="Still", by=by)

    @pytest.mark.parametrize(("days", "refused"), [(-30, True), (0.2, True), (0.25, False)])
    def test_not_before_the_session_is_over(self, registration, by, days, refused):
        now = START + days * DAY  # it lasts six hours

        def grant():
            return actions.grant(registration=registration, kind=Kind.COMPLETION, why="Early", by=by, now=now)

        if refused:
            with pytest.raises(errors.NotOverYet):
                grant()
        else:
            assert grant().said.granted == "Early"

    def test_of_a_cancelled_session_to_who_was_there_alone(self, by):
        session = program(2, places=None)
        signatory(session.activity.host)
        ben, amina = registered(session, cast.person("Ben Okafor"), cast.person("Amina Diallo"))
        there(session, amina, 1, by=by)
        cancel_session(session=session, reason="The river rose.", by=by, now=START + DAY / 2)
        grant = {"kind": Kind.PARTICIPATION, "why": "The first day.", "by": by, "now": START + DAY}
        assert actions.grant(registration=amina, **grant).is_current
        with pytest.raises(errors.WasNotThere):
            actions.grant(registration=ben, **grant)


class TestErasing:
    def test_the_name_goes_from_every_edition_and_the_rest_stays(self, amina, by):
        person = amina.registration.person
        second = actions.correct_name(certificate=amina, name="Aminata Diallo", by=person)
        erasing.erase_person(person=person, by=person)
        for row in Certificate.objects.all():
            assert (row.said.name, row.said.granted) == ("", "")
            assert row.said.title == "Water in dense cities"
            assert row.erased_at
        with pytest.raises(errors.PersonWasErased):
            actions.withdraw(certificate=second, why="Too late", by=by)
        assert not Letter.objects.filter(kind__startswith="certificate_").exists()

    def test_what_was_said_of_them_goes_too(self, amina, by):
        actions.withdraw(certificate=amina, why="Amina was in Dakar that day.", by=by)
        erasing.erase_person(person=amina.registration.person, by=by)
        amina.refresh_from_db()
        assert "Dakar" not in amina.why_withdrawn
        assert amina.withdrawn_at

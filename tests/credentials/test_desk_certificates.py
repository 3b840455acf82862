"""Certificates at the desk: found, looked at; withdrawn, corrected and kept after a question."""

import pytest
from django.urls import reverse
from django.utils import timezone

from credentials import actions
from credentials.models import Certificate
from outbox.models import Letter
from registrations.models import Registration
from tests import cast

from .at_the_desk import LIST, as_, doubted, erased, fresh, listed, one_of_each, page_of, step, told
from .making import DAY, certificate, finished, signatory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return cast.secretary()


@pytest.fixture
def client():
    return as_(cast.coordinator(cast.host("seoul")))


class TestList:
    def test_it_is_narrowed_by_how_they_stand(self, client, by):
        each = one_of_each(by)
        after = each["replaced"].replaced_by
        for standing, one in each.items():
            expected = {one, after} if standing == "valid" else {one}
            assert listed(client, standing=standing) == expected, standing
        page = client.get(LIST).text
        assert "doubted: decide about it" in page
        assert "Eve Lund" not in page

    def test_it_is_searched_by_code_name_and_title(self, client):
        one, other = certificate("Amina Diallo"), certificate("Ben Okafor")
        assert listed(client, q=one.code) == {one}
        assert listed(client, q=f"{one.code[:4]}-{one.code[4:].lower()}") == {one}
        assert listed(client, q="diallo amina") == {one}
        assert listed(client, q="dense cities") == {one, other}
        assert listed(client, q="diallo dense") == {one}
        assert listed(client, q="nobody") == set()

    def test_whom_the_host_may_not_see_is_not_named_nor_found_by_name(self, client):
        one = certificate("Amina Diallo", email="amina@city.example")
        Registration.objects.filter(pk=one.registration_id).update(discloses=False)
        assert listed(client, q="diallo") == set()
        for page in (LIST, page_of(one), step("withdrawal", one)):
            text = client.get(page).text
            assert "Diallo" not in text
            assert "amina@city.example" in text

    def test_it_is_narrowed_to_a_session_and_a_host(self, client):
        one, other = certificate("Amina Diallo"), certificate("Ben Okafor")
        assert listed(client, session__id__exact=one.registration.session_id) == {one}
        assert listed(client, host=cast.host("seoul").pk) == {one, other}
        assert listed(client, host=cast.host("cairo").pk) == set()
        assert listed(client, kind__exact="completion") == set()

    def test_it_asks_the_same_number_of_questions(
        self, client, django_assert_num_queries, django_assert_max_num_queries
    ):
        first = finished(1)
        actions.issue(session=first, now=first.ends_at)
        client.get(LIST)
        with django_assert_max_num_queries(30) as asked:
            client.get(LIST)
        second = finished(4)
        actions.issue(session=second, now=second.ends_at)
        with django_assert_num_queries(len(asked)):
            client.get(LIST)


class TestPage:
    def test_it_tells_what_it_says_and_what_became_of_it(self, client, by):
        each = one_of_each(by)
        for standing, one in each.items():
            page = client.get(page_of(one))
            assert page.status_code == 200, standing
            assert one.code in page.text
            assert "Dr. Mina Park, Director" in page.text
        assert "By mistake" in client.get(page_of(each["withdrawn"])).text
        replaced = each["replaced"]
        assert f"replaced by {replaced.replaced_by.code}" in client.get(page_of(replaced)).text
        assert f"replaces {replaced.code}" in client.get(page_of(replaced.replaced_by)).text
        assert "Attendance says now: present at 0 of 1 meeting." in client.get(page_of(each["doubted"])).text

    def test_it_leads_to_the_check_page_the_registration_and_the_session(self, client):
        one = certificate()
        page = client.get(page_of(one)).text
        for address in (
            one.get_absolute_url(),
            reverse("admin:registrations_registration_change", args=[one.registration_id]),
            reverse("credentials:session", args=[one.registration.session_id]),
            step("withdrawal", one).replace("&", "&amp;"),
        ):
            assert address in page
        assert step("keeping", one) not in page, "nothing is doubted"

    def test_nothing_is_written_in_it(self, client, by):
        one = certificate()
        assert client.post(page_of(one), {"code": "ANOTHER"}).status_code == 403
        delete = reverse("admin:credentials_certificate_delete", args=[one.pk])
        assert as_(by).post(delete, {"post": "yes"}).status_code == 403
        assert client.get(reverse("admin:credentials_certificate_add")).status_code == 403
        assert fresh(one).code == one.code


class TestWithdrawing:
    def test_it_asks_first_says_who_is_written_to_and_withdraws_with_the_reason(self, client):
        one = certificate()
        asked = client.get(step("withdrawal", one)).text
        assert "1 person will be written to: English 1." in asked
        assert "There is no way back" in asked
        assert fresh(one).withdrawn_at is None
        answer = client.post(step("withdrawal", one), {"why": "Issued by mistake."}, follow=True)
        assert "withdrawn; the person is written to." in told(answer)[0]
        done = fresh(one)
        assert (done.why_withdrawn, bool(done.withdrawn_by)) == ("Issued by mistake.", True)
        assert Letter.objects.filter(kind="certificate_withdrawn").count() == 1
        assert step("withdrawal", one) not in answer.text

    def test_without_a_reason_nothing_happens(self, client):
        one = certificate()
        assert client.post(step("withdrawal", one), {"why": " "}).status_code == 422
        assert fresh(one).withdrawn_at is None

    def test_several_at_once_and_what_was_withdrawn_before_stays(self, client, by):
        one, other, before = certificate(), certificate("Ben Okafor"), certificate("Chidi Obi")
        actions.withdraw(certificate=before, why="Before", by=by)
        page = step("withdrawal", one, other, before)
        assert "Withdraw these 2 certificates?" in client.get(page).text
        client.post(page, {"why": "All of them by mistake."})
        assert fresh(before).why_withdrawn == "Before"
        assert Certificate.objects.filter(why_withdrawn="All of them by mistake.").count() == 2


class TestCorrecting:
    def test_it_asks_first_and_makes_a_new_edition_to_which_the_old_code_leads(self, client):
        one = certificate()
        asked = client.get(step("correction", one))
        assert "The old code leads to it and says the old name no more" in asked.text
        assert 'value="Amina Diallo"' in asked.text
        answer = client.post(step("correction", one), {"thing-0-name": "Amina Diallo Sow"}, follow=True)
        after = fresh(one).replaced_by
        assert after.said.name == "Amina Diallo Sow"
        assert f"replaced by {after.code}; the person is written to." in told(answer)[0]
        assert Letter.objects.filter(kind="certificate_replaced").count() == 1

    def test_staff_may_after_the_days_that_the_person_has(self, client):
        session = finished(1)
        actions.issue(session=session, now=session.ends_at - 400 * DAY)
        one = Certificate.objects.get()
        client.post(step("correction", one), {"thing-0-name": "Another Name"})
        assert fresh(one).replaced_by.said.name == "Another Name"

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("", "This field is required."),
            ("Amina Diallo", "This is the name that stands on the certificate already."),
        ],
    )
    def test_what_is_no_correction_is_refused(self, client, name, sentence):
        one = certificate()
        answer = client.post(step("correction", one), {"thing-0-name": name})
        assert (answer.status_code, fresh(one).replaced_at) == (422, None)
        assert sentence in answer.text


class TestKeeping:
    def test_it_says_what_attendance_says_against_what_the_rule_asks_and_keeps(self, client, by):
        one = doubted(by)
        asked = client.get(step("keeping", one)).text
        assert (
            "Attendance says now: present at 0 of 1 meeting. The rule asks: present at the meeting." in asked
        )
        assert "Nobody will be written to." in asked
        answer = client.post(step("keeping", one), {"why": "The paper list was wrong."}, follow=True)
        assert "kept; it is doubted no more." in told(answer)[0]
        done = fresh(one)
        assert (done.is_doubted, done.why_kept) == (False, "The paper list was wrong.")

    def test_what_is_not_doubted_stays_as_it_is(self, client):
        one = certificate()
        assert "Nothing speaks against this certificate any more." in client.get(step("keeping", one)).text
        assert client.post(step("keeping", one), {"why": "Just so."}).status_code == 422
        assert fresh(one).kept_at is None

    def test_it_stands_on_the_desk_until_then(self, client, by):
        one = doubted(by)
        assert page_of(one) in client.get(reverse("admin:index")).text
        client.post(step("keeping", one), {"why": "The paper list was wrong."})
        assert page_of(one) not in client.get(reverse("admin:index")).text


STEPS = {
    "withdrawal": {"why": "By mistake"},
    "correction": {"thing-0-name": "Another Name"},
    "keeping": {"why": "All the same"},
}


@pytest.mark.parametrize("noun", STEPS)
class TestWhoMay:
    def test_another_hosts_is_not_found(self, noun, by):
        one = doubted(by)
        other = as_(cast.coordinator(cast.host("cairo")))
        assert other.get(page_of(one)).status_code == 404
        assert other.get(step(noun, one)).status_code == 404
        assert other.post(step(noun, one), STEPS[noun]).status_code == 404
        assert fresh(one) == one

    def test_a_reader_looks_and_takes_no_step(self, noun, by):
        one = doubted(by)
        reader = as_(cast.reader())
        page = reader.get(page_of(one))
        assert page.status_code == 200
        assert step(noun, one) not in page.text
        assert reader.post(step(noun, one), STEPS[noun]).status_code == 403

    def test_who_was_erased_is_left_alone(self, noun, client):
        one = erased(certificate())
        answer = client.post(step(noun, one), STEPS[noun])
        assert answer.status_code == 422
        assert "The person’s data were erased at their wish." in answer.text


class TestAttention:
    def test_where_nobody_signs_it_leads_to_naming_somebody_of_that_host(self, client, monkeypatch):
        session = finished(1, signs=False)
        monkeypatch.setattr(timezone, "now", lambda: session.ends_at + DAY)
        page = client.get(reverse("admin:index")).text
        assert "nobody signs" in page
        assert f"{reverse('admin:credentials_signatory_add')}?host={session.activity.host_id}" in page
        reader = as_(cast.reader()).get(reverse("admin:index")).text
        assert reverse("credentials:session", args=[session.pk]) in reader
        signatory(session.activity.host)
        assert "nobody signs" not in client.get(reverse("admin:index")).text

    def test_another_hosts_is_not_told(self, by):
        one = doubted(by)
        other = as_(cast.coordinator(cast.host("cairo")))
        assert page_of(one) not in other.get(reverse("admin:index")).text

"""The page of a focal point: what they see of people and what not, one press, a step that asks, and from when on no more."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.utils import timezone

from accounts.models import User
from focal_points import actions, errors
from focal_points.page_parts import WAITS, Part, _rooms, on_endorsements
from membership import actions as membership
from membership.errors import ClaimEnded, IsOwn
from membership.models import Claim
from outbox.models import Letter
from registrations.models import Registration
from tests import cast

from .making import claimed, focal_point, marta

pytestmark = pytest.mark.django_db

PAGE = "/endorsements/"


@pytest.fixture
def fatou(client: Client) -> User:
    person = focal_point().person
    client.force_login(person)
    return person


def parts(client: Client, page: str = PAGE) -> dict[str, dict]:
    return {part.name: part.context for part in client.get(page).context["parts"]}


def names(client: Client) -> list[tuple[str, list[str]]]:
    """By session, who is registered."""
    sessions = parts(client)["registered"]["sessions"]
    return [
        (str(one.facts.session.activity), [str(registration.person) for registration in one.registrations])
        for one in sessions
    ]


def refusal_of(claim: Claim) -> str:
    return f"{PAGE}{claim.pk}/refusal/"


def test_one_press_confirms_and_the_person_is_told(client, fatou):
    claim = claimed(email="amina@mail.example")
    page = client.get(PAGE).content.decode()
    assert "amina@mail.example" in page
    assert "Head of Mobility" in page
    answer = client.post(PAGE, {"confirm": claim.pk})
    assert answer.url == f"{PAGE}?organization=dakar"
    claim.refresh_from_db()
    assert (claim.ground, claim.confirmed_by) == (Claim.Ground.FOCAL_POINT, fatou)
    assert claim.is_confirmed(timezone.now())
    assert Letter.objects.get(person=claim.person).kind == "membership_confirmed"
    assert parts(client)["to confirm"]["waiting"] == []


def test_refusing_asks_first(client, fatou):
    claim = claimed()
    assert client.get(refusal_of(claim)).status_code == 200
    claim.refresh_from_db()
    assert claim.ended_at is None
    assert client.post(refusal_of(claim)).url == f"{PAGE}?organization=dakar"
    claim.refresh_from_db()
    assert claim.end == Claim.End.REFUSED
    assert "This was answered already" in client.get(refusal_of(claim)).content.decode()


def test_a_form_of_another_site_does_nothing(fatou):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(fatou)
    claim = claimed()
    for page, data in ((PAGE, {"confirm": claim.pk}), (refusal_of(claim), {})):
        assert strict.post(page, data).status_code == 403
    claim.refresh_from_db()
    assert (claim.confirmed_at, claim.ended_at) == (None, None)


def test_another_city_is_not_theirs(client, fatou):
    claim = claimed("Kofi", organization=cast.organization("Accra"))
    assert "Kofi" not in client.get(f"{PAGE}?organization=accra").content.decode()
    assert client.get(refusal_of(claim)).status_code == 404
    assert client.post(PAGE, {"confirm": claim.pk}).status_code == 404
    for wrong in ("", "x", "-1", "9" * 30):
        assert client.post(PAGE, {"confirm": wrong}).status_code == 404
    with pytest.raises(errors.NoLongerFocalPoint):
        actions.confirm(claim=claim, by=fatou)


def test_one_who_speaks_for_several_sees_one_at_a_time(client, fatou):
    focal_point(person=fatou, of=cast.organization("Accra"))
    claimed("Kofi", organization=cast.organization("Accra"))
    page = client.get(f"{PAGE}?organization=dakar").content.decode()
    assert "Accra" in page
    assert "Kofi" not in page
    assert "Kofi" in client.get(f"{PAGE}?organization=accra").content.decode()


def test_nobody_confirms_themselves(fatou):
    with pytest.raises(IsOwn):
        actions.confirm(claim=fatou.claims.get(), by=fatou)


def test_who_is_no_focal_point_finds_nothing(client):
    client.force_login(cast.secretary())
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("how", ["ended", "left", "term"])
def test_who_ceases_sees_nothing_with_the_page_still_open(client, fatou, how):
    claim = claimed()
    assert client.get(PAGE).status_code == 200
    office = fatou.focal_points.get()
    if how == "ended":
        actions.end(focal_point=office, by=marta())
    elif how == "left":
        membership.leave(claim=fatou.claims.get(), by=fatou)
    else:
        moment = timezone.now()
        type(office).objects.filter(pk=office.pk).update(since=moment - timedelta(2), until=moment)
    for answer in (
        client.get(PAGE),
        client.post(PAGE, {"confirm": claim.pk}),
        client.get(refusal_of(claim)),
        client.post(refusal_of(claim)),
    ):
        assert answer.status_code == 404
    for deed in (actions.confirm, actions.refuse):
        with pytest.raises(errors.NoLongerFocalPoint):
            deed(claim=claim, by=fatou)
    claim.refresh_from_db()
    assert (claim.confirmed_at, claim.ended_at) == (None, None)


def test_what_a_colleague_confirmed_or_refused_before_stands(client, fatou):
    other, confirmed, refused = focal_point("Bo").person, claimed("One"), claimed("Two")
    actions.confirm(claim=confirmed, by=other)
    actions.refuse(claim=refused, by=other)
    with pytest.raises(errors.ConfirmedMeanwhile):
        actions.refuse(claim=confirmed, by=fatou)
    with pytest.raises(ClaimEnded):
        actions.confirm(claim=refused, by=fatou)
    page = client.post(PAGE, {"confirm": refused.pk}, follow=True)
    assert "the organization does not know them" in page.content.decode()
    confirmed.refresh_from_db()
    assert confirmed.confirmed_by == other


def test_of_registrations_they_see_those_made_in_the_name_of_the_city(client, fatou):
    shown, waits, unconfirmed, elsewhere = (cast.person(name) for name in ("Awa", "Moussa", "New", "Else"))
    for person in (shown, waits, elsewhere):
        membership.vouch(person=person, organization=cast.organization(), by=marta())
    membership.vouch(person=elsewhere, organization=cast.organization("Accra"), by=marta())
    User.objects.filter(pk=elsewhere.pk).update(organization=cast.organization("Accra"))
    one = cast.session(cast.activity("Water"), places=1)
    for person in (shown, waits, unconfirmed, User.objects.get(pk=elsewhere.pk)):
        cast.register(one, person, note="Vegan, please")
    assert names(client) == [("Water", ["Awa", "Moussa"])]
    page = client.get(PAGE).content.decode()
    assert "on the waiting list" in page
    for hidden in ("Vegan", shown.email, shown.registrations.get().code, "https://meet.example"):
        assert hidden not in page


def test_not_shown_is_what_even_the_host_may_not_see_and_what_is_not_public(client, fatou):
    awa = cast.person("Awa")
    membership.vouch(person=awa, organization=cast.organization(), by=marta())
    undisclosed = cast.register(cast.session(cast.activity("Undisclosed")), awa)
    Registration.objects.filter(pk=undisclosed.pk).update(discloses=False)
    invited = cast.session(cast.activity("Invited"), eligibility="invited")
    cast.invitation(invited, awa.email)
    cast.register(invited, awa)
    draft = cast.session(cast.activity("Draft"))
    cast.register(draft, awa)
    type(draft.activity).objects.filter(pk=draft.activity_id).update(published_at=None)
    over = cast.session(cast.activity("Over"))
    cast.register(over, awa)
    type(over).objects.filter(pk=over.pk).update(
        starts_at=timezone.now() - timedelta(2), ends_at=timezone.now() - timedelta(1)
    )
    assert names(client) == []


def test_what_is_kept_for_members_is_told_to_members(client, fatou):
    cast.session(cast.activity("Everyone"))
    kept = cast.session(cast.activity("Kept"), eligibility="members_only")
    assert [facts.session for facts in parts(client)["coming"]["sessions"]] == [kept]
    stranger = focal_point("Xu", cast.organization("Xi'an", member_until=date(2020, 1, 1))).person
    client.force_login(stranger)
    assert "coming" not in parts(client)


def test_a_post_is_shown_of_the_organization_it_was_written_of(client, fatou):
    claim = claimed()
    User.objects.filter(pk=claim.person_id).update(organization=cast.organization("Accra"))
    assert "Head of Mobility" not in client.get(PAGE).content.decode()


def test_each_look_is_in_the_history(client, fatou, marta):
    client.get(PAGE)
    client.head(PAGE)
    looks = LogEntry.objects.filter(actor=fatou, action=LogEntry.Action.ACCESS)
    assert [look.additional_data["lists"] for look in looks] == [
        ["to confirm", "registered", "coming", "learned"]
    ]
    client.force_login(marta)
    history = client.get(f"/admin/focal_points/focalpoint/{fatou.focal_points.get().pk}/history/")
    assert "opened the lists" in history.content.decode()


def test_a_room_above_brings_a_part(client, fatou, monkeypatch):
    monkeypatch.setattr("focal_points.page_parts._rooms", list(_rooms))
    on_endorsements(lambda *_asked: Part("theirs", "focal_points/_coming.html", {}), stands=WAITS)
    assert list(parts(client)) == ["to confirm", "theirs", "registered", "coming", "learned"]


def test_thirty_cost_as_many_queries_as_one(client, fatou, django_assert_num_queries):
    def more(how_many: int) -> None:
        session = cast.session(cast.activity("Water"))
        for person in cast.people(how_many):
            membership.vouch(person=person, organization=cast.organization(), by=marta())
            Registration.objects.create(
                session=session, person=person, state="confirmed", confirmed_at=timezone.now()
            )
        for person in cast.people(how_many):
            membership.claim(person=person)

    more(1)
    client.get(PAGE)
    with django_assert_num_queries(14) as for_one:
        client.get(PAGE)
    more(6)
    with django_assert_num_queries(len(for_one)):
        client.get(PAGE)


def test_my_pages_lead_there(client, fatou):
    claimed()
    page = client.get("/me/")
    [thing] = page.context["to_do"]
    assert (thing.words, thing.address) == (
        "1 person says that they act for Dakar.",
        f"{PAGE}?organization=dakar",
    )
    assert "Where I am a focal point" in page.content.decode()
    client.force_login(cast.person("Nobody"))
    assert "focal point" not in client.get("/me/").content.decode()


def test_first_stands_for_whom_a_place_is_held(client, fatou):
    claimed("Bo Traoré", email="bo@mail.example", now=timezone.now() - timedelta(days=3))
    held = cast.register(cast.session(eligibility="members_only"), cast.person("Chi Example"))
    assert held.is_held
    first, second = parts(client)["to confirm"]["waiting"]
    assert (first.person.name, first.held_until) == ("Chi Example", held.hold_until)
    assert (second.person.name, second.held_until) == ("Bo Traoré", None)
    assert client.get(PAGE).text.count("A place is held for this person until") == 1

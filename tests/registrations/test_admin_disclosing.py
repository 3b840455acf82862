"""Who is enrolled by an e-mail address: what the host sees until the person agrees."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from outbox.models import Letter
from registrations import actions
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db

LIST = "admin:registrations_registration_changelist"

FACTS = ("Noor Haddad", "City of Petra", "Chief Geologist")


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


@pytest.fixture
def noor() -> User:
    return cast.person(
        FACTS[0],
        email="nh@petra.example",
        member=False,
        organization_other=FACTS[1],
        post=FACTS[2],
        country="JO",
    )


@pytest.fixture
def enrolled(noor: User) -> Registration:
    coordinator = Client()
    coordinator.force_login(cast.coordinator())
    data = {"session": cast.session().pk, "email": noor.email, "language": "en", "ground": "named"}
    answer = coordinator.post(reverse("admin:registrations_registration_add"), data, follow=True)
    assert "h@petra.example has a place." in answer.content.decode()
    assert not any(fact in answer.content.decode() for fact in FACTS)
    return noor.registrations.get()


def what_the_host_sees(registration: Registration) -> str:
    """Every page and file in which the desk shows who is registered."""
    client = Client()
    client.force_login(cast.coordinator(name="Another Coordinator"))
    change = reverse("admin:registrations_registration_change", args=[registration.pk])
    cancel = f"{reverse('admin:registrations_registration_cancellation')}?ids={registration.pk}"
    session = reverse("admin:catalog_session_change", args=[registration.session_id])
    history = reverse("admin:registrations_registration_history", args=[registration.pk])
    own = registration.get_absolute_url()
    pages = (reverse(LIST), change, cancel, session, history, own, f"{own}cancellation/")
    seen = [client.get(page) for page in pages]
    assert [page.status_code for page in seen] == [200] * len(pages)
    export = client.post(reverse("admin:registrations_registration_export"), {"format": "0", "resource": "0"})
    return "".join(page.content.decode() for page in seen) + b"".join(export.streaming_content).decode()


def test_the_host_sees_no_more_than_was_typed_until_the_person_agrees(
    enrolled: Registration, noor: User
) -> None:
    seen = what_the_host_sees(enrolled)
    assert noor.email in seen
    assert [fact for fact in (*FACTS, "Jordan") if fact in seen] == []
    person = Client()
    person.force_login(noor)
    assert "sees your e-mail" in person.get(enrolled.get_absolute_url()).content.decode()
    consent = f"{enrolled.get_absolute_url()}consent/"
    assert person.get(consent).url == enrolled.get_absolute_url()  # GET changes nothing
    assert not noor.consents.exists()
    person.post(consent)
    person.post(consent)
    assert "may use my name" in noor.consents.get().wording
    seen = what_the_host_sees(enrolled)
    assert [fact for fact in (*FACTS, "Jordan") if fact not in seen] == []


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ({"q": "Petra"}, True),  # the address says so itself
        ({"q": "nh@petra"}, True),
        ({"q": "Noor"}, False),
        ({"q": "City of Petra"}, False),
        ({"person__profile__exact": "technical"}, False),
        ({"state__exact": "confirmed"}, True),
    ],
)
def test_no_search_and_no_filter_tells_who_it_is(
    client: Client, enrolled: Registration, asked: dict[str, str], finds: bool
) -> None:
    listed = client.get(reverse(LIST), asked).context["cl"].result_list
    assert list(listed) == ([enrolled] if finds else [])


def test_nobody_agrees_for_another(enrolled: Registration, noor: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.agree(registration=enrolled, by=cast.secretary())
    enrolled.refresh_from_db()
    assert not enrolled.discloses


def test_the_letter_says_who_registered_and_what_they_see(enrolled: Registration) -> None:
    letter = Letter.objects.get(kind="confirmation")
    for text in (letter.text, letter.html):
        assert "MITI Seoul registered you, and sees your e-mail address only." in text


def test_the_officer_says_on_what_ground(client: Client, noor: User) -> None:
    session, page = cast.session(), reverse("admin:registrations_registration_add")
    data = {"session": session.pk, "email": noor.email, "language": "en"}
    assert client.post(page, data).status_code == 422
    assert client.post(page, data | {"ground": "because"}).status_code == 422
    assert not Registration.objects.exists()
    client.post(page, data | {"ground": "asked"})
    said = noor.consents.get()
    assert said.wording.startswith(
        "Not clicked by the person: Marta Soler wrote down that the person asked us to"
    )
    actions.agree(registration=noor.registrations.get(), by=noor)
    own_consent = noor.consents.get(withdrawn_at=None)
    assert own_consent != said
    assert "Not clicked" not in own_consent.wording


def test_who_registers_again_by_themselves_is_seen(enrolled: Registration, noor: User) -> None:
    actions.cancel(registration=enrolled, by=noor)
    again = actions.register(session=enrolled.session, person=noor, by=noor)
    assert (again.pk, again.discloses, again.ground) == (enrolled.pk, True, "")

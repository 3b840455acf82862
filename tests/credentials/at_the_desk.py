"""Certificates in every state, and the desk's pages about them."""

from django.test import Client
from django.urls import reverse

from accounts.erasing import erase_person
from attendance import actions as attendance_actions
from credentials import actions
from credentials.models import Certificate
from tests import cast

from .making import DAY, certificate, meeting_of

LIST, EXPORT = (reverse(f"admin:credentials_certificate_{page}") for page in ("changelist", "export"))


def page_of(one):
    return reverse("admin:credentials_certificate_change", args=[one.pk])


def step(noun, *ones):
    numbers = ",".join(str(one.pk) for one in ones)
    return f"{reverse(f'admin:credentials_certificate_{noun}')}?ids={numbers}"


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def fresh(one):
    return Certificate.objects.get(pk=one.pk)


def doubted(by):
    """Issued, and attendance was corrected since."""
    one = certificate()
    session = one.registration.session
    meeting = meeting_of(session)
    attendance_actions.open_again(meeting=meeting, by=by, why="a paper list was found", now=session.ends_at)
    attendance_actions.note(
        registration=one.registration, meeting=meeting, state="absent", by=by, now=session.ends_at
    )
    attendance_actions.close(meeting=meeting, by=by, now=session.ends_at)
    actions.issue(session=session, now=session.ends_at + DAY)
    return fresh(one)


def with_another_name(one, name="Amina Diallo Sow"):
    return actions.correct_name(certificate=one, name=name, by=cast.secretary())


def erased(one):
    erase_person(person=one.registration.person, by=cast.secretary())
    return fresh(one)


def one_of_each(by):
    """By how they stand."""
    withdrawn, replaced = certificate("Ben Okafor"), certificate("Chidi Obi")
    actions.withdraw(certificate=withdrawn, why="By mistake", by=by)
    with_another_name(replaced, "Chidi Obi-Eze")
    return {
        "valid": certificate("Dara Sok"),
        "doubted": doubted(by),
        "withdrawn": withdrawn,
        "replaced": replaced,
        "erased": erased(certificate("Eve Lund")),
    }


def listed(client, **asked):
    return set(client.get(LIST, asked).context["cl"].result_list)

"""What a person's download tells of the hosts they coordinate, and of agreements that name them as a contact."""

from accounts.models import User

from .models import Contact


def my_data(person: User) -> dict[str, object]:
    return {
        "coordinator_of": [host.name for host in person.hosts.all()],
        "contact_of": list(
            Contact.objects.filter(person=person)
            .values("agreement__host__name", "post", "name", "email")
            .order_by("pk")
        ),
    }

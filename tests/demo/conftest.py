import pytest

from accounts.models import User
from tests.outbox.letters import letter_templates


@pytest.fixture
def person(db) -> User:
    return User.objects.create_user(
        "amina@example.org", name="Amina Diallo", language="en", timezone="Africa/Dakar"
    )


@pytest.fixture
def example_templates(settings) -> None:
    letter_templates(settings)

from datetime import timedelta

import pytest
from django.utils import timezone

from hubs.models import Agreement, Host
from tests import cast
from tests.hubs.agreements import signed
from tests.hubs.files import private_root

__all__ = ["private_root"]


@pytest.fixture
def hub() -> Host:
    return cast.host("chengdu")


@pytest.fixture
def agreement(hub: Host) -> Agreement:
    """Running today."""
    return signed(hub, starts_on=timezone.now().date() - timedelta(days=100))

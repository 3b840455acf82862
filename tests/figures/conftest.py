"""The hub and the agreement that reports are about are those of the tests of hubs."""

from tests.hubs.conftest import agreement, hub, private_root

__all__ = ["agreement", "hub", "private_root"]

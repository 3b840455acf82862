"""The desk's page of supporters."""

from . import supporters

__all__ = ["supporters"]

"""Is this failure one of ours to mend, or is a neighbor away: PostgreSQL, or the place where documents lie?"""

from django.db import Error, InterfaceError, OperationalError

from files.errors import StorageIsAway


def files_are_away(error: BaseException | None) -> bool:
    return isinstance(error, StorageIsAway)


def database_is_away(error: BaseException | None) -> bool:
    """Whether a later try may well succeed: no connection, an end to waiting, a server that stops or starts, or a lock
    not got because it is busy with the same row for somebody else.

    What follows from it while a transaction is taken back counts too.
    """
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or (error.__context__ if isinstance(error, Error) else None)
    return False

"""Is this failure one of ours to mend, or is PostgreSQL away, overloaded, or busy with the same row for somebody else?"""

from django.db import Error, InterfaceError, OperationalError


def database_is_away(error: BaseException | None) -> bool:
    """Whether a later try may well succeed: no connection, an end to waiting, a lock not got, a server that stops or starts.

    What follows from it while a transaction is taken back counts too.
    """
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or (error.__context__ if isinstance(error, Error) else None)
    return False

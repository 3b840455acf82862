from datetime import datetime

from .. import private_key
from ..models import IssuerKey
from ..signing import Signer


def current_signer(now: datetime) -> Signer | None:
    """The key of the environment, which is written down when it is seen first: what it signs can be checked from
    then on. None where there is none, and where it leaked: nothing may be signed with that.

    Raises KeyIsUnreadable.
    """
    private = private_key.of_the_environment()
    if private is None:
        return None
    key, _new = IssuerKey.objects.get_or_create(
        public_key=private.public_key,
        defaults={"public_token_key": private.public_token_key, "adopted_at": now},
    )
    return Signer(private, key) if key.leaked_at is None else None

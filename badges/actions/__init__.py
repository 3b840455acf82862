from .adopting import current_signer
from .giving import give, sign_anew
from .leaking import leaked
from .renewing import renew_lists

__all__ = ["current_signer", "give", "leaked", "renew_lists", "sign_anew"]

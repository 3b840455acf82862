"""Seeds of second factors tell nothing to who reads the database; keys can be replaced."""

import importlib

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.core.management import call_command

from accounts import encryption
from tests import cast

pytestmark = pytest.mark.django_db

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OLD, NEW = "the old key " + "o" * 40, "the new key " + "n" * 40


def code_for(seed: str) -> str:
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(
        hotp_value(seed, counters[len(counters) // 2])
    )  # that of now, however many are borne


@pytest.fixture
def marta():
    return cast.person("Marta Soler")


def test_a_new_seed_lies_there_encrypted_and_works(marta):
    TOTP.activate(marta, SEED)
    codes = RecoveryCodes.activate(marta).generate_codes()
    stored = repr(list(Authenticator.objects.values_list("data", flat=True)))
    assert SEED not in stored
    assert stored.count(encryption.PREFIX) == 2
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_for(SEED))
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).validate_code(codes[3])


def test_what_lay_there_in_clear_is_encrypted_by_the_migration_and_back(marta):
    clear = {
        "totp": {"secret": SEED},
        "recovery_codes": {"seed": "ab" * 40, "used_mask": 5},
        "webauthn": {"name": "Phone", "credential": {}},
    }
    for kind, data in clear.items():
        Authenticator.objects.create(user=marta, type=kind, data=data)
    other = cast.person("Rosa")
    Authenticator.objects.create(user=other, type="recovery_codes", data={"migrated_codes": ["one", "two"]})
    migration = importlib.import_module("accounts.migrations.0008_second_factors_are_encrypted")
    migration.encrypt(apps, None)
    stored = {factor.type: factor.data for factor in marta.authenticator_set.all()}
    assert SEED not in repr(stored)
    assert "ab" * 40 not in repr(stored)
    assert stored["recovery_codes"]["used_mask"] == 5
    assert stored["webauthn"] == clear["webauthn"]
    assert "one" not in repr(other.authenticator_set.get().data)
    assert TOTP(marta.authenticator_set.get(type="totp")).validate_code(code_for(SEED))
    assert RecoveryCodes(other.authenticator_set.get()).generate_codes() == ["one", "two"]
    migration.decrypt(apps, None)
    assert {factor.type: factor.data for factor in marta.authenticator_set.all()} == clear


def test_a_key_is_replaced(marta, settings):
    settings.ENCRYPTION_KEYS = [OLD]
    TOTP.activate(marta, SEED)
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert TOTP(Authenticator.objects.get()).validate_code(code_for(SEED))
    call_command("renew_encryption", verbosity=0)
    settings.ENCRYPTION_KEYS = [NEW]
    assert encryption.decrypt(Authenticator.objects.get().data["secret"]) == SEED
    settings.ENCRYPTION_KEYS = [OLD]
    with pytest.raises(encryption.KeyMissing):
        encryption.decrypt(Authenticator.objects.get().data["secret"])

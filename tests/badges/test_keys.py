"""Keys are made, changed, lost and leaked: what was signed stays true, but for what a leaked key signed."""

import json
from datetime import timedelta
from io import StringIO

import jwt
import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError, OB3Verifier

from badges import actions, errors, private_key
from badges.actions import giving
from badges.going_along import file_of
from badges.issuer import did, document
from badges.models import Badge, IssuerKey, StatusList
from badges.private_key import KeyIsUnreadable, PrivateKey
from tests.credentials.making import certificate

from .making import keep_up_now, key, said, signed, signer, use

pytestmark = pytest.mark.django_db


def command(*words: str) -> str:
    told = StringIO()
    call_command("badge_key", *words, stdout=told)
    return told.getvalue()


def download(address: str, *_options, **_named) -> bytes:
    """As a program would, from the station's addresses, without a network."""
    if address.endswith("/.well-known/did.json"):
        return json.dumps(document()).encode()
    number = address.rpartition("/")[2]
    one = StatusList.objects.get(number=number.removesuffix(".jwt"))
    return (one.token if number.endswith(".jwt") else one.document).encode()


def counts(badge: Badge) -> bool:
    """Both forms, by keys that the issuer's document names, to a verifier that is not ours."""
    try:
        OB3LdpVerifier.for_issuer_did(did()).verify(said(badge), download=download)
        tokens = OB3Verifier.for_issuer_did(did(), download=download)
        tokens.verify(badge.token, check_status=True, download=download)
    except OB3VerificationError:
        return False
    return True


def test_a_key_that_was_made_is_read_again_and_shows_itself_to_nobody():
    text = command("make").strip()
    assert text.startswith("BADGE_KEY=")
    read = private_key.read(text.removeprefix("BADGE_KEY="))
    assert read.as_text() == text.removeprefix("BADGE_KEY=")
    assert "PRIVATE" not in repr(read)
    assert not IssuerKey.objects.exists()


@pytest.mark.parametrize("text", ["secret", "AAAA", key(1).as_text()[:-40], key(1).as_text()[8:], "ключ"])
def test_what_is_no_key_is_refused_at_the_start_and_signs_nothing(settings, text):
    settings.BADGE_KEY = text
    with pytest.raises(KeyIsUnreadable):
        actions.current_signer(timezone.now())
    (error,) = [one for one in run_checks() if one.id == "badges.E001"]
    assert "manage.py badge_key make" in error.hint
    with pytest.raises(CommandError, match="not a key"):
        command("list")
    assert "BADGE_KEY=" in command("make")


def test_two_keys_of_the_wrong_kind_are_refused(settings):
    settings.BADGE_KEY = PrivateKey(key(1).pem, key(1).pem).as_text()
    with pytest.raises(KeyIsUnreadable):
        private_key.of_the_environment()


@pytest.mark.parametrize("around", ["{}\n", " {}\r\n", "\t{}\xa0"])
def test_blanks_and_line_ends_are_no_part_of_the_key(settings, around):
    text = key(1).as_text()
    for written in (text, "\n".join(text[at : at + 76] for at in range(0, len(text), 76))):
        settings.BADGE_KEY = around.format(written)
        assert private_key.of_the_environment() == key(1)
        assert not [one for one in run_checks() if one.id == "badges.E001"]
    settings.BADGE_KEY = around.format("")
    assert private_key.of_the_environment() is None


def test_after_the_key_was_changed_what_the_old_one_signed_counts_and_the_new_one_signs(settings):
    old = signed(name="Amina Diallo")
    use(settings, 2)
    new = signed(name="Omar Haddad")
    old.refresh_from_db()
    assert old.key != new.key
    assert counts(old)
    assert counts(new)
    assert command("list").splitlines() == [
        f"{new.key.name}: in use since {new.key.adopted_at:%Y-%m-%d}, 1 badge, in this environment",
        f"{old.key.name}: in use since {old.key.adopted_at:%Y-%m-%d}, 1 badge",
    ]


def test_lost_the_old_key_is_not_needed_to_check_what_it_signed(settings):
    old = signed()
    settings.BADGE_KEY = ""
    assert keep_up_now(now=timezone.now()) == 0
    assert counts(old)
    assert "no badge is signed from here" in command("list")
    use(settings, 2)
    assert "has signed nothing yet" in command("list")


def test_leaked_what_the_key_signed_no_longer_counts_and_is_signed_anew_in_its_place(settings):
    badge = signed()
    before = said(badge)
    told = command("leaked", badge.key.name)
    assert "anew by another key: 1 badge.\n" in told
    assert "no badge counts until the worker has another BADGE_KEY" in told
    assert "it signs nothing" in command("list")
    assert not counts(badge)
    assert keep_up_now(now=timezone.now()) == 0  # by the leaked one nothing is signed
    use(settings, 2)
    assert keep_up_now(now=timezone.now()) == 1
    badge.refresh_from_db()
    assert counts(badge)
    assert said(badge)["credentialStatus"] == before["credentialStatus"]
    assert said(badge)["proof"] != before["proof"]
    assert f"leaked {timezone.now():%Y-%m-%d}" in command("list")


def test_one_that_cannot_be_signed_anew_keeps_nobody_else_from_theirs(settings, monkeypatch, caplog):
    unlucky, lucky = signed(name="Amina Diallo"), signed(name="Omar Haddad")
    command("leaked", lucky.key.name)
    use(settings, 2)
    late, whole = certificate("Li Wei"), giving.sign

    def sign(badge, by, at):
        if badge.certificate == unlucky.certificate:
            raise AssertionError("its host is gone")
        whole(badge, by, at)

    monkeypatch.setattr(giving, "sign", sign)
    assert keep_up_now(now=timezone.now()) == 2
    assert f"certificate {unlucky.certificate_id}" in caplog.text
    lucky.refresh_from_db()
    assert counts(lucky)
    assert counts(late.badge)


def test_what_a_leaked_key_signed_is_offered_to_nobody_until_it_is_signed_anew(settings, client):
    badge = signed()
    made = badge.certificate
    client.force_login(made.registration.person)
    page, file = made.get_absolute_url(), f"{made.get_absolute_url()}badge.json"
    assert file in client.get(page).text
    command("leaked", badge.key.name)
    assert file not in client.get(page).text
    assert file_of(made) is None
    for ending in ("json", "jwt"):
        answer = client.get(f"{page}badge.{ending}", follow=True)
        assert "Your badge is being signed. Try again in a few minutes." in answer.text
    use(settings, 2)
    keep_up_now(now=timezone.now())
    badge.refresh_from_db()
    assert client.get(file).text == badge.document == file_of(made).content


@pytest.mark.parametrize(
    ("name", "refusal"), [("key-0", errors.NoSuchKey), ("key-", errors.NoSuchKey), ("", errors.NoSuchKey)]
)
def test_a_key_that_there_is_not_cannot_leak(name, refusal):
    with pytest.raises(refusal):
        actions.leaked(name=name, now=timezone.now())
    with pytest.raises(CommandError):
        command("leaked", name)


def test_a_key_leaks_once():
    name = signer().key.name
    actions.leaked(name=name, now=timezone.now())
    with pytest.raises(CommandError, match="known already"):
        command("leaked", name)


def test_the_issuers_document_names_every_key_that_did_not_leak_the_newest_first(settings):
    keys = []
    for number in (1, 2, 3):
        use(settings, number)
        keys.append(signer(timezone.now() + timedelta(days=number)).key)
    actions.leaked(name=keys[1].name, now=timezone.now())
    told = document()
    names = [f"{did()}#{one}" for one in each(keys[2], keys[0])]
    assert [method["id"] for method in told["verificationMethod"]] == names
    assert told["assertionMethod"] == names
    assert "PRIVATE" not in json.dumps(told)
    assert all(set(method["publicKeyJwk"]) == {"kty", "n", "e"} for method in told["verificationMethod"][::2])


def each(*keys: IssuerKey) -> list[str]:
    return [name for one in keys for name in (f"{one.name}-token", one.name)]


def test_a_token_says_by_which_key_it_is_checked():
    badge = signed()
    head = jwt.get_unverified_header(badge.token)
    assert head == {"alg": "RS256", "typ": "JWT", "kid": f"{did()}#{badge.key.name}-token"}


def test_a_key_is_named_by_itself_so_a_restored_database_calls_no_other_by_its_name(settings):
    named = {}
    for number in (1, 2):
        use(settings, number)
        named[number] = signer().key.name
    IssuerKey.objects.all().delete()
    for number in (2, 1):
        use(settings, number)
        assert signer().key.name == named[number]
    assert named[1] != named[2]

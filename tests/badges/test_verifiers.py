"""Our badges as programs that are not ours see them: valid, tampered with, withdrawn, after a change of key, after a leak.

openbadgeslib is Python's, and we sign with it; `make test-badges` has two of JavaScript check the same badges, with
contexts of their own. None asks the network: each case brings the issuer's document and the lists as the station
gives them out.
"""

import base64
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError, OB3Verifier

from badges import actions
from badges.models import Badge, StatusList
from credentials import actions as certificates
from tests import cast

from .making import keep_up_now, signed, use

HERE = Path(__file__).parent
JAVASCRIPT = HERE.parent.parent / "var" / "badges"
DID = "did:web:localhost%3A8000"

type Case = dict[str, object]


def as_given_out(badge: Badge, **changes: str) -> Case:
    """The badge, and what a program would fetch to check it."""
    client, lists = Client(), {}
    for number in StatusList.objects.values_list("number", flat=True):
        for ending in ("", ".jwt"):
            path = f"/credentials/status/{number}{ending}"
            lists[f"http://localhost:8000{path}"] = client.get(path).text
    given = {
        "document": badge.document,
        "token": badge.token,
        "issuer": client.get("/.well-known/did.json").json(),
        "lists": lists,
    }
    return given | changes


def tampered(badge: Badge, change: Callable[[dict], None]) -> Case:
    """Both forms say something else; who changes them has no key."""
    document = json.loads(badge.document)
    change(document)
    head, claims, signature = badge.token.split(".")
    said = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    change(said)
    forged = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
    return as_given_out(badge, document=json.dumps(document), token=f"{head}.{forged}.{signature}")


def to_another_name(credential: dict) -> None:
    credential["credentialSubject"]["identifier"][0]["identityHash"] = "Omar Haddad"


def to_another_place(credential: dict) -> None:
    place = int(credential["credentialStatus"]["statusListIndex"])
    credential["credentialStatus"]["statusListIndex"] = str(place ^ 1)


def to_another_day(credential: dict) -> None:
    credential["validFrom"] = "2020-01-01T00:00:00Z"


def withdrawn(badge: Badge) -> Case:
    certificates.withdraw(certificate=badge.certificate, why="Another was there.", by=cast.secretary())
    keep_up_now(now=timezone.now())
    return as_given_out(badge)


def replaced(badge: Badge) -> Case:
    person = badge.certificate.registration.person
    certificates.correct_name(certificate=badge.certificate, name="Aminata Diallo", by=person)
    keep_up_now(now=timezone.now())
    return as_given_out(badge)


def of_an_old_key(badge: Badge, settings) -> Case:
    use(settings, 2)
    keep_up_now(now=timezone.now())
    return as_given_out(badge)


def of_a_leaked_key(badge: Badge, settings) -> Case:
    actions.leaked(name=badge.key.name, now=timezone.now())
    return of_an_old_key(badge, settings)


def signed_anew(badge: Badge, settings) -> Case:
    of_a_leaked_key(badge, settings)
    badge.refresh_from_db()
    return as_given_out(badge)


CASES: dict[str, tuple[str, Callable[..., Case]]] = {
    "as it is given": ("valid", lambda badge, _settings: as_given_out(badge)),
    "with another name": ("refused", lambda badge, _settings: tampered(badge, to_another_name)),
    "with another place": ("refused", lambda badge, _settings: tampered(badge, to_another_place)),
    "with another day": ("refused", lambda badge, _settings: tampered(badge, to_another_day)),
    "withdrawn": ("withdrawn", lambda badge, _settings: withdrawn(badge)),
    "replaced": ("withdrawn", lambda badge, _settings: replaced(badge)),
    "signed by the key before": ("valid", of_an_old_key),
    "signed by a leaked key": ("refused", of_a_leaked_key),
    "signed anew after the leak": ("valid", signed_anew),
}
PEOPLE = {"": ("Amina Diallo", "en"), " in Arabic": ("سارة محمد العلي", "ar"), " in Korean": ("김민준", "fr")}


@pytest.fixture
def case(request, db, settings, first_key):
    name, language = PEOPLE[request.param[1]]
    asked, make = CASES[request.param[0]]
    return asked, make(signed(name=name, language=language), settings)


def each_case() -> list:
    ours = [(name, "") for name in CASES] + [("as it is given", who) for who in PEOPLE if who]
    return [pytest.param(case, id="".join(case)) for case in ours]


def by_openbadgeslib(given: Case) -> str:
    def download(address: str, *_options, **_named) -> bytes:
        if address.endswith("/.well-known/did.json"):
            return json.dumps(given["issuer"]).encode()
        return given["lists"][address].encode()

    try:
        OB3LdpVerifier.for_issuer_did(DID).verify(given["document"], download=download)
        OB3Verifier.for_issuer_did(DID, download=download).verify(
            given["token"], check_status=True, download=download
        )
    except OB3VerificationError as refusal:
        return "withdrawn" if "'revocation' is set" in str(refusal) else "refused"
    return "valid"


@pytest.mark.parametrize("case", each_case(), indirect=True)
def test_a_program_in_python_sees_it_so(case):
    expected, given = case
    assert by_openbadgeslib(given) == expected


@pytest.mark.skipif(
    not (JAVASCRIPT / "node").exists(), reason="`make test-badges` brings Node and the programs"
)
@pytest.mark.parametrize("case", each_case(), indirect=True)
def test_two_programs_in_javascript_see_it_so(case, tmp_path):
    expected, given = case
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"it": given}))
    # Badges of these tests were issued on a day that has not come yet.
    command = [
        JAVASCRIPT / "node",
        HERE / "verifiers" / "verify.mjs",
        JAVASCRIPT,
        file,
        timezone.now().isoformat(),
    ]
    answer = subprocess.run(command, capture_output=True, check=True, text=True)
    assert json.loads(answer.stdout)["it"] == {"@digitalbazaar/vc": expected, "jose": expected}

"""The production shape without its containers: the commands of docker-compose.yml, under the production settings."""

import http.client
import json
import os
import re
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from learning_station.addresses import CHECKOUT
from tests.learning_station.processes import free_port
from tests.learning_station.production import PRODUCTION, collected
from tests.waiting import PATIENCE, until
from tools.local import processes

# The marker brings the test database, which the servers are pointed at.
pytestmark = [pytest.mark.station, pytest.mark.django_db]

PROGRAMS = Path(sys.executable).parent

THROUGH_THE_PROXY = {
    "Host": "station.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.9",
}

type Run = Callable[[str], subprocess.Popen]


def settings_say(variables: dict[str, str] = PRODUCTION) -> str:
    """What a process says to an environment when it loads the settings; empty when it is content."""
    others = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    loaded = subprocess.run(
        [sys.executable, "-c", "import learning_station.settings"],
        cwd=CHECKOUT,
        env={**others, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return loaded.stderr.strip().rsplit("\n", 1)[-1]


def test_production_settings_load():
    assert settings_say() == ""


WHAT_IS_LOADED = """
import sys
import django
django.setup()
import learning_station.celery, learning_station.urls, learning_station.wsgi
from django.contrib import admin
learning_station.celery.app.loader.import_default_modules()
print(sorted({name.partition(".")[0] for name in sys.modules} & {"demo", "staff", "tools"}))
"""


@pytest.mark.parametrize(
    ("mode", "loaded"), [(PRODUCTION, "['staff']"), ({"DEMO": "1"}, "['demo', 'staff']")]
)
def test_production_has_nothing_of_the_workshop_nor_of_the_demonstration(mode, loaded):
    """The image does not even hold them (.dockerignore)."""
    others = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    asked = subprocess.run(
        [sys.executable, "-c", WHAT_IS_LOADED],
        cwd=CHECKOUT,
        env={**others, **mode, "DJANGO_SETTINGS_MODULE": "learning_station.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.strip() == loaded
    left_out = (CHECKOUT / ".dockerignore").read_text().split()
    assert {"demo", "tools"} <= set(left_out)


def test_the_image_is_built_with_all_that_the_settings_ask_for():
    build = (CHECKOUT / "Dockerfile").read_text().replace("\\\n", "")
    (variables,) = re.findall(r"^RUN ((?:\w+=\S+ +)+)\S*python manage\.py collectstatic", build, re.MULTILINE)
    assert settings_say(dict(setting.split("=", 1) for setting in variables.split())) == ""


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """With what words the settings refuse an environment, read anew in this process: another begins for a second."""

    def read(**environment: str) -> str:
        for name, value in {**PRODUCTION, **environment}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(ImproperlyConfigured) as refusal:
            runpy.run_path(str(CHECKOUT / "learning_station" / "settings.py"))
        return str(refusal.value)

    return read


@pytest.mark.parametrize("name", ["DEMO", "DEBUG"])
def test_production_refuses_the_open_doors_of_the_demonstration(name, refused):
    assert "open doors that must stay shut in production" in refused(**{name: "1"})


@pytest.mark.parametrize("name", ["SECRET_KEY", "ENCRYPTION_KEYS", "SITE_URL", "EMAIL_URL"])
def test_production_asks_for_what_it_cannot_guess(name, refused):
    assert f"Set {name}: the station does not run in production without it" in refused(**{name: ""})


@pytest.mark.parametrize(
    "address",
    [
        "learning.example.org",
        "https://learning.example.org/station",
        "https://learning.example.org?x=1",
        "https://user@learning.example.org",
        "ftp://learning.example.org",
    ],
)
def test_an_address_of_the_site_that_is_more_or_less_than_a_name_is_refused(address, refused):
    assert f"SITE_URL is “{address}”" in refused(SITE_URL=address)


def test_every_variable_is_explained_to_the_operator():
    settings = (CHECKOUT / "learning_station" / "settings.py").read_text()
    server = (CHECKOUT / "deploy" / "gunicorn.conf.py").read_text()
    read = re.findall(
        r"""env\.\w+\(\s*"(\w+)"|needed_in_production\("(\w+)"|environ\.get\("(\w+)\"""", settings + server
    )
    explained = (CHECKOUT / "docs" / "operator.md").read_text()
    names = {name for groups in read for name in groups if name} | {"DATABASE_URL", "REDIS_URL"}
    assert {name for name in names if f"`{name}`" not in explained} == set()


def test_compose_tells_the_key_of_badges_to_who_signs_and_to_who_looks_whether_it_is_one():
    shared, *services = re.split(
        r"^  (?=\w+:$)", (CHECKOUT / "docker-compose.yml").read_text(), flags=re.MULTILINE
    )
    assert 'BADGE_KEY: ""' in shared
    told = [one.partition(":")[0] for one in services if 'BADGE_KEY: "${BADGE_KEY:-}"' in one]
    assert told == ["worker", "migrate"]


def test_the_example_of_the_environment_names_what_production_asks_for():
    example = (CHECKOUT / "deploy" / "env.example").read_text()
    named = set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    assert named >= {
        "SECRET_KEY",
        "ENCRYPTION_KEYS",
        "SITE_URL",
        "EMAIL_URL",
        "DATABASE_URL",
        "REDIS_URL",
        "POSTGRES_PASSWORD",
        "SITE_ADDRESS",
    }


@pytest.fixture(scope="module")
def environment(django_db_setup: None) -> dict[str, str]:
    """What the containers are told, with the tests' servers in place of the containers' neighbors."""
    variables = {
        "DATABASE_URL": os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{connection.settings_dict['NAME']}",
        "WEB_BIND": f"127.0.0.1:{free_port()}",
        "STATIC_ROOT": str(collected()),
    }
    return {**os.environ, **PRODUCTION, **variables}


def command_of(service: str) -> list[str]:
    """The command of docker-compose.yml, with the programs of this environment."""
    compose = (CHECKOUT / "docker-compose.yml").read_text()
    match = re.search(rf"^  {service}:\n(?:    .*\n)*?    command: (\[.*\])$", compose, re.MULTILINE)
    assert match, service
    program, *arguments = json.loads(match[1])
    return [str(PROGRAMS / program), *arguments]


def health_check_of(service: str) -> list[str]:
    compose = (CHECKOUT / "docker-compose.yml").read_text()
    match = re.search(rf"^  {service}:\n(?:    .*\n)*?      test: (\[.*\])$", compose, re.MULTILINE)
    assert match, service
    _, program, *arguments = json.loads(match[1])
    return [str(PROGRAMS / program), *arguments]


def is_healthy(service: str, environment: dict[str, str]) -> bool:
    asked = subprocess.run(
        health_check_of(service), cwd=CHECKOUT, env=environment, check=False, capture_output=True
    )
    return asked.returncode == 0


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module")
def log_of(logs: Path) -> Callable[[str], str]:
    return lambda service: (logs / f"{service}.log").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def run(environment: dict[str, str], logs: Path) -> Iterator[Run]:
    """Runs a service's command until the module's tests are over."""
    running = []

    def begin(service: str) -> subprocess.Popen:
        with (logs / f"{service}.log").open("wb") as log:
            running.append(processes.start(command_of(service), log=log, cwd=CHECKOUT, env=environment))
        return running[-1]

    yield begin
    for process in running:
        processes.signal_group(process, signal.SIGTERM)
    for process in running:
        processes.stop(process)


@pytest.fixture(scope="module")
def web(environment: dict[str, str], run: Run) -> Callable[..., tuple[int, dict, bytes]]:
    """Asks the production server, as the proxy does: `status, headers, body = web("/activities/")`."""
    process = run("web")
    host, port = environment["WEB_BIND"].split(":")

    def ask(path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        link = http.client.HTTPConnection(host, int(port), timeout=PATIENCE)
        try:
            link.request("GET", path, headers={**THROUGH_THE_PROXY, **headers})
            answer = link.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            link.close()

    assert until(lambda: is_healthy("web", environment), process), processes.how_it_ended(process)
    return ask


def test_health_answers_monitors_without_tls(web):
    status, headers, body = web("/health/", **{"X-Forwarded-Proto": "http"})
    assert status in (200, 503)
    assert headers["content-type"] == "application/json"
    assert json.loads(body)["database"] == {"status": "well"}


def test_pages_are_for_https_only(web):
    status, headers, _ = web("/activities/?q=water", **{"X-Forwarded-Proto": "http"})
    assert (status, headers["location"]) == (301, "https://station.example/activities/?q=water")


def test_other_names_are_refused(web):
    assert web("/", Host="elsewhere.example")[0] == 400


def test_home_comes_with_the_headers_that_protect_it(web):
    status, headers, body = web("/")
    assert status == 200
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "unsafe" not in headers["content-security-policy"]
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers
    assert b"/demo/" not in body


def test_cookies_have_the_name_that_binds_them_to_this_host(web):
    _status, headers, _body = web("/accounts/login/")
    assert headers["set-cookie"].startswith("__Host-csrftoken=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(headers["set-cookie"].split("; "))
    names = subprocess.run(
        [
            sys.executable,
            "-c",
            "from learning_station import settings as s; print(*[getattr(s, name) for name in dir(s) if "
            "name.endswith('COOKIE_NAME')])",
        ],
        cwd=CHECKOUT,
        env={**os.environ, **PRODUCTION},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert sorted(names.split()) == [
        "__Host-csrftoken",
        "__Host-messages",
        "__Host-sessionid",
        "__Host-zone",
    ]


def test_the_demonstration_has_no_addresses(web):
    assert web("/demo/sign-in/")[0] == 404
    assert web("/letters/")[0] == 404


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_static_files_are_hashed_compressed_and_kept_for_good(web, encoding):
    _, _, home = web("/")
    address = re.search(rb'href="(/static/css/station\.[0-9a-f]{12}\.css)"', home)
    assert address
    _, _, plain = web(address[1].decode(), **{"Accept-Encoding": "identity"})
    status, headers, packed = web(address[1].decode(), **{"Accept-Encoding": encoding})
    assert status == 200
    assert headers["content-encoding"] == encoding
    assert headers["cache-control"] == "max-age=315360000, public, immutable"
    assert len(packed) < len(plain) / 3


@pytest.mark.long
def test_worker_and_beat_run_and_answer_their_health_checks(environment, run, log_of, web):
    assert not is_healthy("worker", environment)
    worker, beat = run("worker"), run("beat")
    # To ask is a program of its own, which takes the time that the worker needs to begin.
    assert until(lambda: "ready." in log_of("worker"), worker), log_of("worker")
    for service, process in [("worker", worker), ("beat", beat)]:
        assert until(lambda s=service: is_healthy(s, environment), process), service


@pytest.mark.long
def test_migrations_run_as_one_shot(environment):
    done = subprocess.run(
        command_of("migrate"), cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "No migrations to apply" in done.stdout

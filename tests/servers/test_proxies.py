"""The proxy sends the documents of the folder, to whom the station lets have them: Caddy as docker-compose.yml has it, and
nginx with the lines of deploy/nginx.conf, both real, before the station's live server.
"""

import http.client
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.http import content_disposition_header

from learning_station.addresses import CHECKOUT
from proposals import actions
from tests import cast
from tests.proposals import making
from tests.servers import storage
from tests.servers.pgbouncer import UNPACKED
from tests.waiting import until
from tools.local import processes
from tools.local.ports import free_port

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]

PDF = b"%PDF-1.7\n" + b"0123456789" * 40_000  # more than fits into a socket
NAME = "Été 城市 خطة.pdf"


@contextmanager
def caddy(station: str, private: Path, home: Path) -> Iterator[int]:
    port = free_port()
    text = (CHECKOUT / "deploy" / "Caddyfile").read_text()
    for ours, here in {"web:8000": station, "root * /private": f"root * {private}"}.items():
        assert ours in text
        text = text.replace(ours, here)
    (home / "Caddyfile").write_text("{\n\tadmin off\n\tpersist_config off\n}\n" + text)
    command = [storage.WHEELS / "caddy", "run", "--config", home / "Caddyfile", "--adapter", "caddyfile"]
    environment = {"SITE_ADDRESS": f"http://127.0.0.1:{port}", "HOME": str(home)}
    yield from listening(command, port, home, environment)


@contextmanager
def nginx(station: str, private: Path, home: Path) -> Iterator[int]:
    port = free_port()
    text = (CHECKOUT / "deploy" / "nginx.conf").read_text()
    for ours, here in {
        "http://127.0.0.1:8000": f"http://{station}",
        "alias /private/": f"alias {private}/",
    }.items():
        assert ours in text
        text = text.replace(ours, here)
    temporary = "".join(
        f"{kind}_temp_path {home}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"daemon off; pid {home}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {temporary}\nserver {{ listen 127.0.0.1:{port};\n{text}\n}} }}"
    )
    candidates = (
        os.environ.get("NGINX"),
        shutil.which("nginx"),
        "/usr/sbin/nginx",
        UNPACKED / "usr/sbin/nginx",
    )
    program = next(path for path in candidates if path and Path(path).exists())
    libraries = ":".join(str(path) for path in (UNPACKED / "usr/lib").glob("*-linux-*"))
    command = [program, "-e", "stderr", "-p", home, "-c", home / "nginx.conf", "-g", "user root;"]
    yield from listening(command, port, home, {"LD_LIBRARY_PATH": libraries})


def listening(command: list, port: int, home: Path, environment: dict[str, str]) -> Iterator[int]:
    with (home / "log").open("wb") as log:
        server = processes.start(command, log=log, env={**os.environ, **environment})
    try:
        assert until(lambda: storage.can_connect(port), server), (home / "log").read_text()
        yield port
    finally:
        processes.stop(server)


@pytest.mark.parametrize("proxy", [caddy, nginx])
def test_the_proxy_sends_a_document_to_whom_the_station_lets_have_it(
    client, live_server, settings, tmp_path, proxy: Callable
):
    settings.FILES_SENT_BY = "proxy"
    private, home = tmp_path / "private", tmp_path / "home"
    home.mkdir()
    with (
        storage.documents_lie("", folder=private),
        proxy(live_server.url.removeprefix("http://"), private, home) as port,
    ):
        amina = cast.person()
        proposal = making.draft(amina)
        note = actions.attach(proposal=proposal, file=SimpleUploadedFile(NAME, PDF), by=amina)
        client.force_login(amina)
        hers = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
        page = f"/proposals/{proposal.code}/files/{note.pk}/"

        def asked(address: str, method: str = "GET", **headers: str):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request(method, address, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer, body

        answer, body = asked(page, **hers)
        assert (answer.status, body) == (200, PDF)
        for method in ("GET", "HEAD"):
            answer, body = asked(page, method, **hers)
            assert (answer.status, int(answer.headers["Content-Length"])) == (200, len(PDF))
            said = {name: answer.headers.get_all(name) for name in EXPECTED}
            assert said == {name: [value] for name, value in EXPECTED.items()}
            assert answer.headers["Cache-Control"].startswith("private, no-store")
            assert "X-Accel-Redirect" not in answer.headers
        assert body == b""
        part, body = asked(page, **hers, Range="bytes=9-18")  # a download that broke off goes on
        assert (part.status, body) == (206, b"0123456789")

        stranger, _body = asked(page)
        assert stranger.status == 302
        assert stranger.headers["Location"].startswith("/accounts/login/")
        for address in (
            f"/private-files/{note.file.name}",
            f"/private/{note.file.name}",
            f"/{note.file.name}",
        ):
            assert asked(address, **hers)[0].status == 404
        # What a visitor says is not heard.
        nothing, _body = asked("/proposals/", **{"X-Accel-Redirect": f"/private-files/{note.file.name}"})
        assert nothing.headers["Content-Type"].startswith("text/html")
        (private / note.file.name).unlink()
        assert asked(page, **hers)[0].status == 404


EXPECTED = {
    "Content-Type": "application/pdf",
    "Content-Disposition": content_disposition_header(True, NAME),
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("proxy", [caddy, nginx])
def test_fifty_megabytes_come_in_with_the_form_of_an_activity_alone(
    client, live_server, tmp_path, proxy: Callable
):
    """What nobody let in is answered with 413 by the proxy; what goes through, by the station: sign in, or 413 too."""
    private, home = tmp_path / "private", tmp_path / "home"
    private.mkdir()
    home.mkdir()
    host = cast.host("seoul")
    staff = cast.secretary()
    client.force_login(staff)
    hers = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    with (
        storage.documents_lie("", folder=private),
        proxy(live_server.url.removeprefix("http://"), private, home) as port,
    ):
        form = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n%s\r\n--x--\r\n'
        body = form % (b"0" * 50 * 1024 * 1024)

        def status(address: str, headers: dict[str, str]) -> int:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                connection.request(
                    "POST", address, body, {"Content-Type": "multipart/form-data; boundary=x", **headers}
                )
                return connection.getresponse().status
            except (BrokenPipeError, ConnectionResetError):
                return 413  # it was not read to its end
            finally:
                connection.close()

        assert status("/admin/catalog/activity/add/", hers) == 403, "let in, and asked for the form's token"
        assert status(f"/fr/admin/hubs/host/{host.pk}/change/", hers) == 413
        assert status("/accounts/login/", {}) == 413
        assert status("/admin/catalog/activity/add/", {}) == 413, "who is not signed in"

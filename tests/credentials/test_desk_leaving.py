"""What leaves the desk: certificates as a spreadsheet, and their documents in one archive."""

import csv
import io
import re
import zipfile

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from credentials import actions, giving_out
from credentials.admin import certificates
from papers import Unprintable
from tests import cast

from .at_the_desk import EXPORT, LIST, as_, one_of_each, page_of, told
from .making import certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return cast.secretary()


@pytest.fixture
def client():
    return as_(cast.coordinator(cast.host("seoul")))


class TestExport:
    def lines(self, client, **asked):
        answer = client.post(
            f"{EXPORT}?{'&'.join(f'{k}={v}' for k, v in asked.items())}", {"format": "0", "resource": "0"}
        )
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(text.splitlines()))

    def test_it_holds_what_the_list_does_and_is_written_down(self, client, by):
        each = one_of_each(by)
        rows = {row["Code"]: row for row in self.lines(client)}
        assert len(rows) == 6
        valid = rows[each["valid"].code]
        assert (valid["Name"], valid["Kind"], valid["Edition"], valid["Standing"]) == (
            "Dara Sok",
            "participation",
            "1",
            "valid",
        )
        assert (valid["Activity"], valid["Minutes"]) == ("Water in dense cities", "360")
        assert re.match(r"\d{4}-\d\d-\d\d$", valid["First day"])
        assert rows[each["erased"].code]["Name"] == ""
        assert len(self.lines(client, standing="withdrawn")) == 1
        entry = LogEntry.objects.filter(additional_data__done="exported").latest("timestamp")
        assert entry.additional_data["rows"] == 1
        assert entry.content_type.model == "certificate"

    def test_it_is_for_who_may_export_registrations(self, by):
        assert as_(cast.reader()).post(EXPORT, {"format": "0"}).status_code == 403
        certificate()
        other = as_(cast.coordinator(cast.host("cairo")))
        assert self.lines(other) == []


class TestArchive:
    def asked(self, client, *ones):
        return client.post(
            LIST, {"action": "documents", "_selected_action": [one.pk for one in ones]}, follow=True
        )

    def files(self, answer):
        with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as read:
            return {name: read.read(name) for name in read.namelist()}

    @pytest.fixture
    def undrawn(self, monkeypatch):
        """Which documents lie in it is asked, not what they look like."""
        monkeypatch.setattr(giving_out, "document", lambda facts, **_fields: f"%PDF {facts.name}".encode())

    @pytest.mark.usefixtures("undrawn")
    def test_it_holds_the_documents_of_what_stands_and_says_why_others_have_none(self, client, by):
        each = one_of_each(by)
        answer = self.asked(client, *each.values())
        assert answer["Content-Disposition"] == 'attachment; filename="certificates.zip"'
        files = self.files(answer)
        assert files[f"Dara Sok {each['valid'].code}.pdf"] == b"%PDF Dara Sok"
        assert files[f"Amina Diallo {each['doubted'].code}.pdf"] == b"%PDF Amina Diallo"
        for standing, why in (("withdrawn", b"withdrawn"), ("replaced", b"replaced"), ("erased", b"erased")):
            assert why in files[f"{each[standing].code}.txt"], standing
        assert len(files) == 5
        entry = LogEntry.objects.filter(additional_data__done="exported").latest("timestamp")
        assert (entry.additional_data["rows"], entry.additional_data["format"]) == (5, "zip")

    def test_one_that_cannot_be_drawn_holds_up_no_other(self, client, monkeypatch):
        one, other = certificate("Amina Diallo"), certificate("Ben Okafor")

        def drawn(facts, **_fields):
            if facts.name == "Amina Diallo":
                raise Unprintable("No font")
            return b"%PDF"

        monkeypatch.setattr(giving_out, "document", drawn)
        files = self.files(self.asked(client, one, other))
        assert set(files) == {f"{one.code}.txt", f"Ben Okafor {other.code}.pdf"}

    @pytest.mark.usefixtures("undrawn")
    def test_of_too_many_there_is_none(self, client, monkeypatch):
        monkeypatch.setattr(certificates, "AT_ONCE", 1)
        answer = self.asked(client, certificate("Amina Diallo"), certificate("Ben Okafor"))
        assert told(answer) == ["Choose at most 1 at once."]

    def test_it_is_for_who_may_export(self):
        one = certificate()
        reader = as_(cast.reader())
        assert "Documents as a ZIP" not in reader.get(LIST).text
        assert not self.asked(reader, one).streaming

    def test_its_page_leads_to_the_document_of_what_stands(self, client, by):
        one = certificate()
        document = reverse("credentials:document", args=[one.code])
        assert document in client.get(page_of(one)).text
        actions.withdraw(certificate=one, why="By mistake", by=by)
        assert document not in client.get(page_of(one)).text

    def test_who_does_not_agree_that_the_host_knows_them_is_not_in_it(self, client):
        amina = certificate("Amina Diallo")
        type(amina.registration).objects.update(discloses=False)
        files = self.files(self.asked(client, amina))
        assert list(files) == [f"{amina.code}.txt"]
        assert b"does not agree that the host knows who they are" in files[f"{amina.code}.txt"]

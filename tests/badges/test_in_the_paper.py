"""The badge inside the PDF: as an associated file, which changes nothing of what the paper promises."""

import io

import pikepdf
import pytest
from django.utils import timezone

from badges.models import Badge
from credentials.giving_out import given_out
from tests.credentials.making import certificate

from .making import keep_up_now, signed, use

pytestmark = pytest.mark.django_db


def opened(made) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(given_out(made)))


@pytest.mark.parametrize(("name", "language"), [("Amina Diallo", "en"), ("سارة محمد العلي", "ar")])
def test_the_badge_lies_in_the_paper_whole(name, language):
    badge = signed(name=name, language=language)
    with opened(badge.certificate) as pdf:
        (file,) = pdf.attachments.values()
        assert file.get_file().read_bytes() == badge.document.encode()
        assert file.filename == "badge.json"
        assert file.get_file().mime_type == "application/ld+json"
        assert file.obj.AFRelationship == "/Alternative"
        assert [one.UF for one in pdf.Root.AF] == ["badge.json"]
        metadata = pdf.Root.Metadata.read_bytes().decode()
    assert "pdfaid:part>3" in metadata.replace(" ", "")
    assert "pdfuaid:part>1" in metadata.replace(" ", "")


def test_the_paper_is_the_same_bytes_each_time_whatever_becomes_of_the_key(settings):
    badge = signed()
    first = given_out(badge.certificate)
    use(settings, 2)
    keep_up_now(now=timezone.now())
    assert given_out(badge.certificate) == first


def test_where_none_is_signed_the_paper_has_no_file():
    made = certificate()
    assert not Badge.objects.exists()
    with opened(made) as pdf:
        assert not pdf.attachments

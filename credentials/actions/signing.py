"""The picture of a signature: laid beside who signs, and forgotten once neither they nor a certificate have it."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User

from ..models import Certificate, Signatory, Signature
from ..signature_picture import SignaturePicture


@transaction.atomic
def sign_with(*, signatory: Signatory, picture: SignaturePicture | None, by: User) -> None:
    """From now on certificates are signed with this picture, or with none. What was signed keeps what it has."""
    locked = Signatory.objects.select_for_update(no_key=True).get(pk=signatory.pk)
    former = locked.signature_id
    locked.signature = (
        Signature.objects.create(png=picture.png, width=picture.width, height=picture.height)
        if picture
        else None
    )
    locked.save(update_fields=["signature"])
    signatory.signature = locked.signature
    forget_if_unused(former)


@transaction.atomic
def remove_signatory(*, signatory: Signatory, by: User) -> None:
    """Nobody signs by it any more; certificates keep who signed them."""
    former = Signatory.objects.select_for_update().get(pk=signatory.pk).signature_id
    signatory.delete()
    forget_if_unused(former)


def forget_if_unused(signature_id: int | None) -> None:
    """A round that took it holds the row of who signs until its certificates are written (outcomes.signs_for), so it is
    found here."""
    if signature_id is None:
        return
    named = [kind.objects.filter(signature=OuterRef("pk")) for kind in (Signatory, Certificate)]
    Signature.objects.filter(~Exists(named[0]), ~Exists(named[1]), pk=signature_id).delete()

"""What a person's download tells of what they proposed, alone and with others, and of the reviews they wrote."""

from accounts.models import User

from .models import Attachment, Message, Revision


def my_data(person: User) -> dict[str, object]:
    return {
        "proposals": list(
            person.proposals.values("code", "title", "language", "state", "state_since", "draft").order_by(
                "pk"
            )
        ),
        "co_proposals": list(
            person.co_proposals.values("proposal__code", "email", "invited_at", "confirmed_at").order_by("pk")
        ),
        "versions_sent": list(
            Revision.objects.filter(sent_by=person).values("proposal__code", "sent_at").order_by("pk")
        ),
        "concept_notes": list(
            Attachment.objects.filter(added_by=person)
            .values("proposal__code", "name", "added_at")
            .order_by("pk")
        ),
        "proposal_messages": list(
            Message.objects.filter(by=person).values("proposal__code", "text", "at").order_by("pk")
        ),
        "reviews_written": list(
            person.proposal_reviews.values(
                "proposal__code", "assigned_at", "finished_at", "to_colleagues", "to_proposer", "conflict_why"
            ).order_by("pk")
        ),
    }

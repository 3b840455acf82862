"""What a person's download tells of messages: those they sent as staff. What was sent to them is told as letters."""

from accounts.models import User

from .models import Message


def my_data(person: User) -> dict[str, object]:
    sent = Message.objects.filter(sent_by=person).select_related("session__activity")
    return {
        "messages_to_people": [
            {
                "activity": message.session.activity.title,
                "subject": str(message),
                "sent_at": message.sent_at,
                "letters": message.letters_written,
                "withdrawn_at": message.withdrawn_at,
            }
            for message in sent.order_by("pk")
        ]
    }

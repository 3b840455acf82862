from django.urls import path

import accounts.converters  # noqa: F401 - brings the kinds of codes

from .views import board, deciding, files, proposal, queue, reviewing

app_name = "reviews"

urlpatterns = [
    path("proposals/desk/", queue.queue, name="queue"),
    path("proposals/desk/board/", board.board, name="board"),
    path("proposals/desk/board/export/", board.export, name="export"),
    path("proposals/desk/board/assignments/", board.share_out, name="share_out"),
    path("proposals/desk/decisions/", board.decisions, name="decisions"),
    path("proposals/desk/<code:code>/", proposal.proposal, name="proposal"),
    path("proposals/desk/<code:code>/review/", reviewing.review, name="review"),
    path("proposals/desk/<code:code>/conflict/", reviewing.conflict, name="conflict"),
    path("proposals/desk/<code:code>/messages/", reviewing.message, name="message"),
    path("proposals/desk/<code:code>/reviewers/", deciding.reviewers, name="reviewers"),
    path("proposals/desk/<code:code>/changes/", deciding.changes, name="changes"),
    path("proposals/desk/<code:code>/decision/", deciding.decision, name="decision"),
    path("proposals/desk/<code:code>/files/<int:pk>/", files.file, name="file"),
]

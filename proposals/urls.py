from django.urls import path

import accounts.converters  # noqa: F401 - brings the kinds of codes

from .views import board, desk, following, links, public, writing

app_name = "proposals"

urlpatterns = [
    path("proposals/", following.mine, name="mine"),
    path("proposals/new/", public.about, name="new"),
    path("proposals/new/form/", writing.start, name="start"),
    path("proposals/similar/", public.similar, name="similar"),
    path("proposals/calls/<slug:slug>/", public.call, name="call"),
    path("proposals/confirmation/<token:token>/", links.confirmation, name="confirmation"),
    path("proposals/continuing/<token:token>/", links.continuing, name="continuing"),
    path("proposals/joining/<token:token>/", links.joining, name="joining"),
    # Those who read and decide
    path("proposals/desk/", desk.queue, name="desk"),
    path("proposals/desk/board/", board.board, name="board"),
    path("proposals/desk/board/export/", board.export, name="export"),
    path("proposals/desk/board/assignments/", board.share_out, name="share_out"),
    path("proposals/desk/decisions/", board.decisions, name="decisions"),
    path("proposals/desk/<code:code>/", desk.proposal, name="desk_proposal"),
    path("proposals/desk/<code:code>/review/", desk.review, name="review"),
    path("proposals/desk/<code:code>/conflict/", desk.conflict, name="conflict"),
    path("proposals/desk/<code:code>/messages/", desk.message, name="desk_message"),
    path("proposals/desk/<code:code>/reviewers/", desk.reviewers, name="reviewers"),
    path("proposals/desk/<code:code>/changes/", desk.changes, name="changes"),
    path("proposals/desk/<code:code>/decision/", desk.decision, name="decision"),
    path("proposals/desk/<code:code>/files/<int:pk>/", desk.file, name="desk_file"),
    # Who proposes
    path("proposals/<code:code>/", following.proposal, name="proposal"),
    path("proposals/<code:code>/sending/", writing.sending, name="sending"),
    path("proposals/<code:code>/files/new/", writing.new_file, name="new_file"),
    path("proposals/<code:code>/files/<int:pk>/", writing.file, name="file"),
    path("proposals/<code:code>/continuation/", writing.continuation, name="continuation"),
    path("proposals/<code:code>/call/", writing.leave_call, name="leave_call"),
    path("proposals/<code:code>/deletion/", writing.deletion, name="deletion"),
    path("proposals/<code:code>/co-proposers/", following.co_proposers, name="co_proposers"),
    path("proposals/<code:code>/messages/", following.message, name="message"),
    path("proposals/<code:code>/withdrawal/", following.withdrawal, name="withdrawal"),
    path("proposals/<code:code>/text/<slug:name>/", writing.step, name="step"),
]

from django.urls import path

from .views import board, desk, following, links, public, writing

app_name = "proposals"

urlpatterns = [
    path("proposals/", following.mine, name="mine"),
    path("proposals/new/", public.about, name="new"),
    path("proposals/new/form/", writing.start, name="start"),
    path("proposals/similar/", public.similar, name="similar"),
    path("proposals/calls/<slug:slug>/", public.call, name="call"),
    path("proposals/confirmation/<str:token>/", links.confirmation, name="confirmation"),
    path("proposals/continuing/<str:token>/", links.continuing, name="continuing"),
    path("proposals/joining/<str:token>/", links.joining, name="joining"),
    # Those who read and decide
    path("proposals/desk/", desk.queue, name="desk"),
    path("proposals/desk/board/", board.board, name="board"),
    path("proposals/desk/board/export/", board.export, name="export"),
    path("proposals/desk/board/assignments/", board.share_out, name="share_out"),
    path("proposals/desk/decisions/", board.decisions, name="decisions"),
    path("proposals/desk/<str:code>/", desk.proposal, name="desk_proposal"),
    path("proposals/desk/<str:code>/review/", desk.review, name="review"),
    path("proposals/desk/<str:code>/conflict/", desk.conflict, name="conflict"),
    path("proposals/desk/<str:code>/messages/", desk.message, name="desk_message"),
    path("proposals/desk/<str:code>/reviewers/", desk.reviewers, name="reviewers"),
    path("proposals/desk/<str:code>/changes/", desk.changes, name="changes"),
    path("proposals/desk/<str:code>/decision/", desk.decision, name="decision"),
    path("proposals/desk/<str:code>/files/<int:pk>/", desk.file, name="desk_file"),
    # Who proposes
    path("proposals/<str:code>/", following.proposal, name="proposal"),
    path("proposals/<str:code>/sending/", writing.sending, name="sending"),
    path("proposals/<str:code>/files/new/", writing.new_file, name="new_file"),
    path("proposals/<str:code>/files/<int:pk>/", writing.file, name="file"),
    path("proposals/<str:code>/continuation/", writing.continuation, name="continuation"),
    path("proposals/<str:code>/call/", writing.leave_call, name="leave_call"),
    path("proposals/<str:code>/deletion/", writing.deletion, name="deletion"),
    path("proposals/<str:code>/co-proposers/", following.co_proposers, name="co_proposers"),
    path("proposals/<str:code>/messages/", following.message, name="message"),
    path("proposals/<str:code>/withdrawal/", following.withdrawal, name="withdrawal"),
    path("proposals/<str:code>/text/<str:name>/", writing.step, name="step"),
]

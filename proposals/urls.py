from django.urls import path

import accounts.converters  # noqa: F401 - brings the kinds of codes

from .views import drafts, files, following, links, public, sending, writing

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
    path("proposals/<code:code>/", following.proposal, name="proposal"),
    path("proposals/<code:code>/sending/", sending.sending, name="sending"),
    path("proposals/<code:code>/files/new/", files.new_file, name="new_file"),
    path("proposals/<code:code>/files/<int:pk>/", files.file, name="file"),
    path("proposals/<code:code>/continuation/", drafts.continuation, name="continuation"),
    path("proposals/<code:code>/call/", sending.leave_call, name="leave_call"),
    path("proposals/<code:code>/deletion/", drafts.deletion, name="deletion"),
    path("proposals/<code:code>/co-proposers/", following.co_proposers, name="co_proposers"),
    path("proposals/<code:code>/messages/", following.message, name="message"),
    path("proposals/<code:code>/withdrawal/", following.withdrawal, name="withdrawal"),
    path("proposals/<code:code>/text/<slug:name>/", writing.step, name="step"),
]

"""Addresses of the desk."""

from django.urls import path, register_converter

from samehand.desk import acts, briefs, cases, converters, files, lists, live, mail, presence, rearranging
from samehand.desk.solutions import views as ledger

register_converter(converters.Reference, "ref")
app_name = "desk"
urlpatterns = [
    path("", lists.home, name="home"),
    path("desk/", lists.show, {"view": "queue"}, name="queue"),
    path("desk/team/", lists.show, {"view": "team"}, name="team"),
    path("desk/nobody/", lists.show, {"view": "nobody"}, name="nobody"),
    path("desk/waiting/", lists.show, {"view": "waiting"}, name="waiting"),
    path("desk/solved/", lists.show, {"view": "solved"}, name="solved"),
    path("desk/all/", lists.show, {"view": "all"}, name="all"),
    path("desk/search", lists.search, name="search"),
    path("desk/queue/rows", lists.list_rows, name="rows"),
    path("desk/rail", lists.rail, name="rail"),
    path("desk/notices", lists.notices, name="notices"),
    path("desk/live", live.live, name="live"),
    path("desk/here", presence.here, name="here"),
    path("desk/post", presence.post, name="post"),
    path("desk/cases/<ref:reference>/", cases.show, name="case"),
    path("desk/cases/<ref:reference>/stream", cases.stream, name="stream"),
    path("desk/cases/<ref:reference>/notices", cases.notice_hint, name="notice_hint"),
    path("desk/cases/<ref:reference>/beside", lists.beside, name="beside"),
    path("desk/cases/<ref:reference>/reply", acts.reply, name="reply"),
    path("desk/cases/<ref:reference>/note", acts.note, name="note"),
    path("desk/cases/<ref:reference>/again", ledger.again, name="again"),
    path("desk/cases/<ref:reference>/tried", ledger.note_tried, name="note_tried"),
    path("desk/cases/<ref:reference>/problem", ledger.problem, name="problem"),
    path("desk/offers/<int:offer_id>/outcome", ledger.outcome, name="offer_outcome"),
    path("desk/offers/<int:offer_id>/undo", ledger.undo, name="offer_undo"),
    path("desk/cases/<ref:reference>/solve", acts.solve, name="solve"),
    path("desk/cases/<ref:reference>/reopen", acts.reopen, name="reopen"),
    path("desk/cases/<ref:reference>/take", acts.take, name="take"),
    path("desk/cases/<ref:reference>/hand-over", acts.hand_over, name="hand_over"),
    path("desk/cases/<ref:reference>/brief", briefs.brief, name="brief"),
    path("desk/cases/<ref:reference>/brief/use", briefs.use, name="brief_use"),
    path("desk/cases/<ref:reference>/join", rearranging.join, name="join"),
    path("desk/cases/<ref:reference>/apart", rearranging.apart, name="apart"),
    path("desk/messages/<int:message_id>/split", rearranging.split, name="split"),
    path("desk/messages/<int:message_id>/move", rearranging.move, name="move"),
    path("desk/rearrangements/<int:rearrangement_id>/undo", rearranging.undo, name="undo"),
    path("desk/cases/<ref:reference>/vouch", acts.vouch, name="vouch"),
    path("desk/cases/<ref:reference>/let-in", acts.let_in, name="let_in"),
    path("desk/cases/<ref:reference>/let-out", acts.let_out, name="let_out"),
    path("desk/messages/<int:message_id>/send-again", acts.send_again, name="send_again"),
    path("desk/messages/<int:message_id>/cancel", acts.cancel, name="cancel"),
    path("desk/messages/<int:message_id>/html", mail.formatted, name="formatted"),
    path("desk/messages/<int:message_id>/source", mail.source, name="source"),
    path("desk/messages/<int:message_id>/parts/<int:part>", mail.attachment, name="attachment"),
    path("desk/messages/<int:message_id>/parts/<int:part>/letter", mail.letter, name="letter"),
    path("f/<str:token>/picture", files.picture, name="picture"),
    path("f/<str:token>", files.served, name="served"),
]

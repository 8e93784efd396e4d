from django.urls import path

from samehand.desk.office import aside, home, hours, machine_mail, outbox, team
from samehand.desk.office.notices import views as notices
from samehand.desk.office.shifts import files
from samehand.desk.office.shifts import views as shifts

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("health", home.health, name="health"),
    path("aside", aside.listing, name="aside"),
    path("aside/again", aside.again_all, name="aside_again_all"),
    path("aside/<int:arrival_id>", aside.one, name="aside_one"),
    path("aside/<int:arrival_id>/raw", aside.raw, name="aside_raw"),
    path("aside/<int:arrival_id>/again", aside.again, name="aside_again"),
    path("queue", outbox.listing, name="queue"),
    path("queue/again", outbox.again_all, name="queue_again_all"),
    path("queue/<int:message_id>/again", outbox.again, name="queue_again"),
    path("queue/<int:message_id>/cancel", outbox.cancel, name="queue_cancel"),
    path("machines", machine_mail.listing, name="machine_mail"),
    path("machines/<int:mail_id>", machine_mail.one, name="machine_mail_one"),
    path("machines/<int:mail_id>/case", machine_mail.open_case, name="machine_mail_case"),
    path("team", team.listing, name="team"),
    path("team/add", team.add, name="team_add"),
    path("team/<int:person_id>", team.edit, name="team_edit"),
    path("team/<int:person_id>/invite", team.invite, name="team_invite"),
    path("team/<int:person_id>/off", team.deactivate, name="team_off"),
    path("team/<int:person_id>/on", team.activate, name="team_on"),
    path("shifts", shifts.week, name="shifts"),
    path("shifts/day", shifts.day, name="shifts_day"),
    path("shifts/whole", shifts.whole, name="shifts_whole"),
    path("shifts/act", shifts.act, name="shifts_act"),
    path("shifts/import", files.take_in, name="shifts_import"),
    path("shifts/import/save", files.save, name="shifts_import_save"),
    path("shifts/import/rejected", files.rejected, name="shifts_import_rejected"),
    path("shifts/roster.csv", files.table, name="shifts_table"),
    path("shifts/roster.ics", files.calendar, name="shifts_calendar"),
    path("shifts/mine", files.mine, name="shifts_mine"),
    path("shifts/mine/link", files.link, name="shifts_link"),
    path("calendar/<str:token>.ics", files.feed, name="shifts_feed"),
    path("notices", notices.listing, name="notices"),
    path("notices/add", notices.add, name="notice_add"),
    path("notices/preview", notices.preview, name="notice_preview"),
    path("notices/<int:notice_id>", notices.edit, name="notice"),
    path("notices/<int:notice_id>/longer", notices.prolong, name="notice_longer"),
    path("notices/<int:notice_id>/end", notices.end, name="notice_end"),
    path("notices/<int:notice_id>/withdraw", notices.withdraw, name="notice_withdraw"),
    path("hours", hours.edit, name="hours"),
    path("hours/days", hours.add_day, name="hours_day_add"),
    path("hours/days/<int:day_id>/drop", hours.drop_day, name="hours_day_drop"),
]

from django.urls import path

from sabaq.web.office import (
    article_photos,
    article_quotes,
    article_steps,
    articles,
    certificates,
    commitments,
    minutes,
    packs,
    reports,
    surveys,
    views,
)
from sabaq.web.office.views import (
    attendance,
    guests,
    latecomers,
    moving,
    nominate,
    nominations,
    outbox,
    participants,
    rooms,
    trail,
)

app_name = "office"
urlpatterns = [
    path("", views.editions, name="editions"),
    # Before the editions: no edition is called so (`courses.editions` refuses the slug).
    path("programmes/", views.programmes, name="programmes"),
    path("packs/", packs.packs, name="packs"),
    path("packs/<uuid:version>/", packs.overview, name="pack"),
    path("packs/<uuid:version>/lesson/<slug:topic>/", packs.lesson, name="pack_lesson"),
    path("packs/<uuid:version>/slides/<slug:topic>/", packs.slides, name="pack_slides"),
    path("packs/<uuid:version>/exercise/<slug:topic>/", packs.exercise, name="pack_exercise"),
    path("packs/<uuid:version>/items/<slug:topic>/", packs.items, name="pack_items"),
    path("packs/<uuid:version>/aids/<slug:key>/", packs.aid, name="pack_aid"),
    path("packs/<uuid:version>/surveys/", packs.surveys, name="pack_surveys"),
    path("packs/<uuid:version>/cards/", packs.cards, name="pack_cards"),
    path("packs/<uuid:version>/glossary/", packs.glossary, name="pack_glossary"),
    path("<slug:slug>/", views.edition, name="edition"),
    path("<slug:slug>/nominations/", nominations.nominations, name="nominations"),
    path("<slug:slug>/nominations/decide/", nominations.decide, name="decide"),
    path("<slug:slug>/nominations/<uuid:uuid>/", nominate.correct, name="nomination"),
    path(
        "<slug:slug>/nominations/<uuid:uuid>/withdraw/",
        nominations.withdraw,
        name="nomination_withdraw",
    ),
    path("<slug:slug>/nominate/", nominate.nominate, name="nominate"),
    path("<slug:slug>/nominate/file/", nominate.nominate_file, name="nominate_file"),
    path(
        "<slug:slug>/nominate/template.xlsx", nominate.nominate_template, name="nominate_template"
    ),
    path("<slug:slug>/participants/", participants.participants, name="participants"),
    path("<slug:slug>/participants/<uuid:uuid>/link/", participants.reissue, name="link_reissue"),
    path(
        "<slug:slug>/participants/<uuid:uuid>/link/close/", participants.revoke, name="link_revoke"
    ),
    path(
        "<slug:slug>/participants/<uuid:uuid>/withdraw/",
        participants.withdraw,
        name="participant_withdraw",
    ),
    path("<slug:slug>/outbox/", outbox.outbox, name="outbox"),
    path("<slug:slug>/outbox/handed-over/", outbox.hand_over, name="letters_handed_over"),
    path("<slug:slug>/outbox/<uuid:uuid>/send/", outbox.resend, name="letter_send"),
    path("<slug:slug>/sheets.pdf", outbox.access_sheets, name="access_sheets"),
    path("<slug:slug>/sheets/<slug:key>.pdf", outbox.access_sheet, name="access_sheet"),
    path("<slug:slug>/attendance/", attendance.attendance, name="attendance"),
    path("<slug:slug>/attendance/<uuid:uuid>/", attendance.attendance_of_one, name="attendance_of"),
    path(
        "<slug:slug>/attendance/<uuid:uuid>/correct/", attendance.correct, name="attendance_correct"
    ),
    path("<slug:slug>/corrections/<uuid:uuid>/undo/", attendance.undo, name="correction_undo"),
    path("<slug:slug>/register/<str:day>.pdf", attendance.register_pdf, name="register_pdf"),
    path("<slug:slug>/register/<str:day>.xlsx", attendance.register_xlsx, name="register_xlsx"),
    path("<slug:slug>/latecomers/", latecomers.latecomers, name="latecomers"),
    path("<slug:slug>/latecomers/decide/", latecomers.decide, name="latecomers_decide"),
    path("<slug:slug>/latecomers/<uuid:uuid>/", latecomers.latecomer, name="latecomer"),
    path("<slug:slug>/latecomers/<uuid:uuid>/slip.pdf", latecomers.slip, name="latecomer_slip"),
    path("<slug:slug>/latecomers/<uuid:uuid>/link/", latecomers.renew_link, name="latecomer_link"),
    path("<slug:slug>/guests/", guests.guests, name="guests"),
    path("<slug:slug>/guests/issue/", guests.issue, name="guest_issue"),
    path("<slug:slug>/guests/<uuid:uuid>/", guests.guest, name="guest"),
    path("<slug:slug>/guests/<uuid:uuid>/close/", guests.revoke, name="guest_revoke"),
    path("<slug:slug>/guests/<uuid:uuid>/link/", guests.reissue, name="guest_reissue"),
    path("<slug:slug>/sessions/<uuid:uuid>/move/", moving.move, name="session_move"),
    path("<slug:slug>/rooms/", rooms.rooms, name="rooms"),
    path("<slug:slug>/rooms/<uuid:uuid>.pdf", rooms.sheet, name="room_sheet"),
    path("<slug:slug>/rooms/<uuid:uuid>/close/", rooms.close, name="room_close"),
    path("<slug:slug>/rooms/<uuid:uuid>/open/", rooms.reopen, name="room_open"),
    path("<slug:slug>/marks/<uuid:uuid>/", rooms.marks, name="room_marks"),
    path("<slug:slug>/minutes/", minutes.classes, name="classes"),
    path("<slug:slug>/minutes/<uuid:session>/", minutes.minutes, name="minutes"),
    path("<slug:slug>/minutes/<uuid:session>/log.jsonl", minutes.class_log, name="class_log"),
    path("<slug:slug>/trail/", trail.trail, name="trail"),
    path("<slug:slug>/report/", reports.report, name="report"),
    path("<slug:slug>/report.xlsx", reports.report_xlsx, name="report_xlsx"),
    path("<slug:slug>/report.pdf", reports.report_pdf, name="report_pdf"),
    path("<slug:slug>/survey/", surveys.survey, name="survey"),
    path("<slug:slug>/commitments/", commitments.commitments, name="commitments"),
    path("<slug:slug>/certificates/", certificates.certificates, name="certificates"),
    path("<slug:slug>/certificates/issue/", certificates.issue, name="certificates_issue"),
    path(
        "<slug:slug>/certificates/<slug:number>.pdf",
        certificates.certificate_file,
        name="certificate_pdf",
    ),
    path(
        "<slug:slug>/certificates/<slug:number>/withdraw/",
        certificates.withdraw,
        name="certificate_withdraw",
    ),
    path("<slug:slug>/article/step/", article_steps.step, name="article_step"),
    path("<slug:slug>/article/donor/", article_steps.donor, name="article_donor"),
    path(
        "<slug:slug>/article/donor/needed/", article_steps.donor_needed, name="article_donor_needed"
    ),
    path("<slug:slug>/article/publish/", article_steps.publish, name="article_publish"),
    path("<slug:slug>/article/withdraw/", article_steps.withdraw, name="article_withdraw"),
    path("<slug:slug>/article/quotes/add/", article_quotes.add, name="quote_add"),
    path("<slug:slug>/article/quotes/<uuid:uuid>/", article_quotes.quote, name="quote"),
    path(
        "<slug:slug>/article/quotes/<uuid:uuid>/approve/",
        article_quotes.approve,
        name="quote_approve",
    ),
    path(
        "<slug:slug>/article/quotes/<uuid:uuid>/take-back/",
        article_quotes.take_back,
        name="quote_take_back",
    ),
    path(
        "<slug:slug>/article/quotes/<uuid:uuid>/remove/", article_quotes.remove, name="quote_remove"
    ),
    path("<slug:slug>/article/photo/", article_photos.photo, name="article_photo"),
    path("<slug:slug>/article/photo/remove/", article_photos.remove, name="article_photo_remove"),
    path("<slug:slug>/article/photo/<uuid:uuid>/", article_photos.file, name="article_photo_file"),
    path("<slug:slug>/article/<str:language>/", articles.article, name="article"),
    path("<slug:slug>/article/<str:language>/draft/", articles.draft, name="article_draft"),
    path("<slug:slug>/article/<str:language>/edit/", articles.edit, name="article_edit"),
    path(
        "<slug:slug>/article/<str:language>.md", articles.article_markdown, name="article_markdown"
    ),
]

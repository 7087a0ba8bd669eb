from django.urls import path

from sabaq.web.office import articles, certificates, reports, views

app_name = "office"
urlpatterns = [
    path("", views.editions, name="editions"),
    # Before the editions: no edition is called so (`courses.editions` refuses the slug).
    path("programmes/", views.programmes, name="programmes"),
    path("<slug:slug>/", views.edition, name="edition"),
    path("<slug:slug>/report/", reports.report, name="report"),
    path("<slug:slug>/report.xlsx", reports.report_xlsx, name="report_xlsx"),
    path("<slug:slug>/report.pdf", reports.report_pdf, name="report_pdf"),
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
    path("<slug:slug>/article/<str:language>/", articles.article, name="article"),
    path("<slug:slug>/article/<str:language>/draft/", articles.draft, name="article_draft"),
    path(
        "<slug:slug>/article/<str:language>.md", articles.article_markdown, name="article_markdown"
    ),
]

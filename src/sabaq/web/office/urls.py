from django.urls import path

from sabaq.web.office import articles, reports, views

app_name = "office"
urlpatterns = [
    path("", views.editions, name="editions"),
    path("<slug:slug>/report/", reports.report, name="report"),
    path("<slug:slug>/report.xlsx", reports.report_xlsx, name="report_xlsx"),
    path("<slug:slug>/article/<str:language>/", articles.article, name="article"),
    path("<slug:slug>/article/<str:language>/draft/", articles.draft, name="article_draft"),
    path(
        "<slug:slug>/article/<str:language>.md", articles.article_markdown, name="article_markdown"
    ),
]

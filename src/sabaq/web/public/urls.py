from django.urls import path, register_converter

from sabaq.web.public import checks, news, pictures, style, views

register_converter(news.NewsLanguage, "news_language")

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.set_language, name="set_language"),
    path("code/", views.code, name="code"),
    path("code/here/", views.still_here, name="still_here"),
    path("i/<str:token>/", views.link, name="link"),
    path("check/", checks.check, name="check"),
    path("check/<str:number>/", checks.check_number, name="check_number"),
    path("leave/", views.leave, name="leave"),
    path("privacy/", views.privacy, name="privacy"),
    path("media/<slug:digest>.<slug:kind>", pictures.picture, name="picture"),
    path("news/", news.home, name="news_home"),
    path("news/photo/<uuid:uuid>.<slug:kind>", news.photo, name="news_photo"),
    path("news/<news_language:language>/", news.listing, name="news"),
    path("news/<news_language:language>/feed.xml", news.feed, name="news_feed"),
    path("news/<news_language:language>/<slug:slug>/", news.item, name="news_item"),
    path("news/<slug:slug>/", news.anywhere, name="news_anywhere"),
    path("style/", style.style, name="style"),
]

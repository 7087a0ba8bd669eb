from django.urls import path

from sabaq.web.public import checks, pictures, style, views

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
    path("style/", style.style, name="style"),
]

from django.test import override_settings


def test_the_style_page_is_not_shown_in_production(client, db):
    with override_settings(MODE="production"):
        assert client.get("/style/").status_code == 404


def test_the_style_page_is_shown_in_demo_mode(client, db):
    with override_settings(MODE="demo"):
        assert client.get("/style/").status_code == 200

import re
from xml.etree import ElementTree as ET

from sabaq.reporting.charts import WIDTH, svg_of
from sabaq.reporting.ports import Bar, Chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bars, **more):
    chart = Chart("Caption", "Bars: <all> & more", bars, more.pop("scale", 20), **more)
    return svg_of(chart), ET.fromstring(svg_of(chart))


def test_a_bar_is_as_long_as_its_share_of_the_scale_and_parts_follow_one_another():
    _, picture = drawn(Bar("Confirmed", (10, 5), "15"))

    parts = [
        (float(rect.get("x")), float(rect.get("width")))
        for rect in picture.iter(f"{SVG}rect")
        if rect.get("class").startswith("p")
    ]

    assert parts == [(0, WIDTH / 2), (WIDTH / 2, WIDTH / 4)]


def test_what_is_hidden_has_no_bar_and_says_so():
    _, picture = drawn(Bar("Tajikistan", (), "not shown"))

    assert [rect.get("class") for rect in picture.iter(f"{SVG}rect")] == ["rest"]
    assert [text.text for text in picture.iter(f"{SVG}text")] == ["Tajikistan", "not shown"]


def test_a_chart_carries_its_alternative_text_and_nothing_that_a_content_policy_forbids():
    source, picture = drawn(Bar("A <b>", (1,), "1"), legend=("Women", "Men"), aim=10)

    assert (picture.get("role"), picture.get("aria-label")) == ("img", "Bars: <all> & more")
    assert re.findall(r"<style|style=|\son\w+=|<script|href", source) == []


def test_a_long_label_is_broken_before_it_meets_the_value():
    label = "Сотрудники, которые присутствовали на занятиях хотя бы один день"
    _, picture = drawn(Bar(label, (1,), "не показывается"))

    lines = [text.text for text in picture.iter(f"{SVG}text")]

    assert " ".join(lines[:-1]) == label
    assert max(len(line) for line in lines[:-1]) <= 38
    assert len(lines[-2]) + len(lines[-1]) <= 38
    heights = [float(text.get("y")) for text in picture.iter(f"{SVG}text")]
    assert heights[-1] == heights[-2]


def test_an_empty_chart_is_drawn_without_dividing_by_nothing():
    _, picture = drawn(Bar("Nobody", (0, 0), "0"), scale=0)

    assert [rect.get("class") for rect in picture.iter(f"{SVG}rect")] == ["rest"]

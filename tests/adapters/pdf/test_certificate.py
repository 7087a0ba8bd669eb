import io
import random
from dataclasses import replace

import pytest
from pypdf import PdfReader

from sabaq.adapters.pdf.certificate import can_draw, render_certificates
from sabaq.adapters.pdf.errors import GlyphsMissing, SignatoriesDiffer
from sabaq.credentials.ports import PrintedPicture, Signatory
from tests.adapters.pdf.sheets import (
    CERTIFICATE,
    ENGLISH,
    RUSSIAN,
    pages_of,
    roles_of,
    root_of,
    tags_of,
)
from tests.credentials.images import png

LONG_TAJIK = (
    "Гулҷаҳонбегими Абдуғафурзодаи Шарифқаҳҳоровна Ҳоҷимуҳаммадӣ"
    " бинти Мирзоабдулваҳҳоби Ӯротеппагии Қӯқандӣ"
)


def render_certificate(sheet):
    return render_certificates([sheet], title=f"Certificate of participation: {sheet.latin_name}")


def text_of(sheet):
    (page,) = pages_of(render_certificate(sheet))
    return page


@pytest.mark.parametrize(
    "name",
    [
        "Әсел Қуанышқызы Нұрғалиева",
        "Oʻgʻiloy Toʻxtasin qizi Gʻulomova",
        "Ҳилола Ҷӯраева-зода Қӣёмӣ",
        "Aýna Öwezowa Çaryýewa-Şükürowa Ňazik Ž",
        "Жаңыл Өмүрбек кызы",
        LONG_TAJIK,
    ],
)
def test_a_name_is_read_back_letter_for_letter(name):
    assert f" {name} " in text_of(replace(CERTIFICATE, native_name=name))


def test_everything_a_personnel_department_asks_for_is_on_the_page_in_both_languages():
    text = text_of(CERTIFICATE)

    for part in (
        ENGLISH.course_title,
        RUSSIAN.course_title,
        ENGLISH.office,
        RUSSIAN.office,
        ENGLISH.acknowledgement,
        RUSSIAN.acknowledgement,
        "Assel Nurgaliyeva",
        "4–5 February 2027 · online · 12 hours",
        "4–5 февраля 2027 г. · онлайн · 12 ",
        "SBQ-2027-0042",
        "6 February 2027 · 6 февраля 2027 г.",
        "sabaq.example/check/7K3Q-9XMA",
        "Bakhtiyor Nazarov Бахтиёр Назаров National programme officer",
    ):
        assert part in text


def test_what_both_languages_share_is_printed_once_and_what_is_empty_not_at_all():
    signatory = Signatory("Aýna Öwezowa", "")
    texts = tuple(
        replace(text, office="UNX", acknowledgement="", signatories=(signatory,))
        for text in (ENGLISH, RUSSIAN)
    )
    text = text_of(replace(CERTIFICATE, texts=texts))

    assert [text.count(part) for part in ("UNX", "Aýna Öwezowa")] == [1, 1]


def test_a_name_that_is_the_same_in_latin_stands_once():
    sheet = replace(CERTIFICATE, native_name="Aýna Öwezowa", latin_name="Aýna Öwezowa")

    assert text_of(sheet).count("Aýna Öwezowa") == 1


@pytest.mark.parametrize(
    "name",
    [
        "#panic()",
        "$x^2$ *fat* _thin_",
        '@ref <label> \\u{41} "]) #',
        "// no comment /* */",
        "= Title",
    ],
)
def test_marks_of_the_typesetting_language_stay_text(name):
    assert name in text_of(replace(CERTIFICATE, native_name=name))


LONGEST = [
    {"native_name": "Ғ" * 160, "latin_name": "W" * 160},
    {"native_name": f"{LONG_TAJIK} {LONG_TAJIK[:50]}", "latin_name": "Гулҷаҳон " * 17},
    {"check_url": "https://sabaq." + "regional-office." * 5 + "example/check/7K3Q-9XMA"},
    {"texts": (replace(ENGLISH, course_title=f"{ENGLISH.course_title} " * 4),)},
    {"texts": (replace(ENGLISH, signatories=ENGLISH.signatories[:1]),)},
    {"texts": (replace(ENGLISH, signatories=ENGLISH.signatories * 2),)},
    {"texts": (replace(ENGLISH, signatories=()),)},
    {
        "native_name": LONG_TAJIK,
        "latin_name": "GULJAHONBEGIMI ABDUGHAFURZODAI " * 5,
        "check_url": "https://sabaq.example/en/check/01936f6e-7c1a-7d9a-b0a5-2f5f2f1d9a11/",
        "texts": tuple(
            replace(
                text,
                course_title=f"{text.course_title} " * 3,
                office=f"{text.office} " * 3,
                acknowledgement=f"{text.acknowledgement} " * 9,
                signatories=(
                    replace(text.signatories[0], function=f"{text.signatories[0].function} " * 6),
                )
                * 3,
            )
            for text in (ENGLISH, RUSSIAN)
        ),
    },
    # Every text as long as its form allows, and no language like the other.
    {
        "native_name": "Ж" * 160,
        "latin_name": "W" * 160,
        "texts": tuple(
            replace(
                text,
                course_title=(f"{text.course_title} " * 9)[:300],
                office=(f"{text.office} " * 9)[:300],
                acknowledgement=(f"{text.acknowledgement} " * 20)[:600],
                signatories=tuple(
                    replace(
                        one,
                        name=(f"{one.name} " * 20)[:200],
                        function=(f"{one.function} " * 9)[:300],
                    )
                    for one in (text.signatories * 2)[:2]
                ),
            )
            for text in (ENGLISH, RUSSIAN)
        ),
    },
]


@pytest.mark.parametrize("changes", LONGEST)
def test_whatever_its_length_the_certificate_is_one_page_with_nothing_over_its_edge(changes):
    pdf = render_certificate(replace(CERTIFICATE, **changes))

    (page,) = PdfReader(io.BytesIO(pdf)).pages
    starts = []
    page.extract_text(
        visitor_text=lambda text, cm, tm, fonts, size: (
            starts.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5])) if text.strip() else None
        )
    )
    left, right = 60, float(page.mediabox.width) - 60
    assert starts
    assert [start for start in starts if not left <= start[0] <= right] == []


def test_a_letter_that_cannot_be_printed_is_refused_by_name():
    with pytest.raises(GlyphsMissing) as refused:
        render_certificate(replace(CERTIFICATE, native_name="Нур 李"))

    assert str(refused.value) == (
        "These signs cannot be printed: 李 (U+674E). Please correct the name or the text."
    )


def test_two_languages_with_different_signatories_are_refused():
    texts = (ENGLISH, replace(RUSSIAN, signatories=RUSSIAN.signatories[:1]))

    with pytest.raises(SignatoriesDiffer):
        render_certificate(replace(CERTIFICATE, texts=texts))


def test_the_same_sheet_gives_the_same_bytes():
    assert render_certificate(CERTIFICATE) == render_certificate(CERTIFICATE)


def test_the_document_says_that_it_is_pdf_a_3a_and_pdf_ua_1():
    pdf = render_certificate(CERTIFICATE)
    root = root_of(pdf)
    metadata = root["/Metadata"].get_data().decode()

    assert root["/MarkInfo"]["/Marked"] is not False
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not False
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "Certificate of participation: Assel Nurgaliyeva" in metadata
    assert "/OutputIntents" in root


def test_the_qr_code_is_the_only_figure_and_says_what_it_is():
    pdf = render_certificate(CERTIFICATE)

    assert roles_of(pdf).count("/H1") == 1
    assert [tag["/Alt"] for tag in tags_of(pdf) if tag["/S"] == "/Figure"] == [
        "QR code with the address at which this certificate is checked"
    ]


# Nothing in it can be packed: each copy would weigh.
PHOTO = PrintedPicture(
    png(200, 200, pixels=b"".join(b"\0" + random.Random(n).randbytes(200) for n in range(200))),
    "png",
    "A picture",
)
LOGO = PrintedPicture(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><path d="M0 0h90v20z"/></svg>',
    "svg",
    "Emblem of an office",
)


def test_logos_and_signatures_are_figures_with_words_in_their_order():
    sheet = replace(CERTIFICATE, logos=(LOGO,) * 4, signatures=(None, LOGO))
    pdf = render_certificate(sheet)

    assert len(pages_of(pdf)) == 1
    assert [tag["/Alt"] for tag in tags_of(pdf) if tag["/S"] == "/Figure"] == [
        *["Emblem of an office"] * 4,
        "Signature of Emblem of an office",
        "QR code with the address at which this certificate is checked",
    ]


@pytest.mark.parametrize("changes", LONGEST)
def test_with_four_logos_and_two_signatures_it_is_still_one_page(changes):
    sheet = replace(CERTIFICATE, logos=(LOGO,) * 4, signatures=(LOGO, LOGO), **changes)

    assert len(pages_of(render_certificate(sheet))) == 1


def test_what_is_no_certificate_yet_is_marked_across_every_page():
    other = replace(CERTIFICATE, latin_name="Gul Ulgi", mark="Preview · Просмотр")
    sheets = [replace(CERTIFICATE, mark="Preview · Просмотр"), other]

    first, second = pages_of(render_certificates(sheets, title="Preview"))

    assert ("Preview · Просмотр" in first, "Preview · Просмотр" in second) == (True, True)
    assert ("Assel Nurgaliyeva" in first, "Gul Ulgi" in second) == (True, True)


def test_a_picture_that_many_pages_show_is_in_the_file_once():
    one = len(render_certificates([replace(CERTIFICATE, logos=(PHOTO,))], title="T"))
    five = len(render_certificates([replace(CERTIFICATE, logos=(PHOTO,))] * 5, title="T"))

    assert five - one < 4 * len(PHOTO.data)


def test_what_cannot_be_drawn_is_found_before_it_is_printed():
    assert can_draw(LOGO)
    assert not can_draw(replace(LOGO, data=b"<svg"))
    assert not can_draw(PrintedPicture(b"\x89PNG\r\n\x1a\n", "png", ""))


def test_every_font_is_embedded_and_one_of_ours():
    (page,) = PdfReader(io.BytesIO(render_certificate(CERTIFICATE))).pages
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]

    families = {str(font["/BaseFont"]).split("+")[1].split("-")[0] for font in fonts}
    assert families == {"NotoSans", "NotoSerif"}
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor

"""Sheets of an invented edition, and readers of the PDFs made from them."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from sabaq.credentials.ports import CertificateSheet, CertificateText, Signatory
from sabaq.enrolment.ports import AccessCard, AccessSheet
from sabaq.reporting.ports import Bars, ReportSheet, Section, Table

ENGLISH = CertificateText(
    language="en",
    title="Certificate of participation",
    issued_to="This certificate is issued to",
    confirms="in confirmation of participation in the training course",
    course_title="Gender mainstreaming and upholding human rights in law enforcement agencies",
    facts=("4–5 February 2027", "online", "12 hours"),
    office="Regional Office for Central Asia",
    signatories=(
        Signatory("Aigerim Sadykova", "Regional representative"),
        Signatory("Bakhtiyor Nazarov", "National programme officer"),
    ),
    number_label="Certificate number",
    issued_label="Date of issue",
    issued="6 February 2027",
    check_label="Check this certificate at",
    acknowledgement="Funded by the Government of Examplia.",
)
RUSSIAN = CertificateText(
    language="ru",
    title="Сертификат об участии",
    issued_to="Настоящий сертификат выдан",
    confirms="в подтверждение участия в учебном курсе",
    course_title="Учёт гендерных аспектов и соблюдение прав человека в правоохранительных органах",
    facts=("4–5 февраля 2027 г.", "онлайн", "12 часов"),
    office="Региональное отделение для Центральной Азии",
    signatories=(
        Signatory("Айгерим Садыкова", "Региональный представитель"),
        Signatory("Бахтиёр Назаров", "Национальный сотрудник программы"),
    ),
    number_label="Номер сертификата",
    issued_label="Дата выдачи",
    issued="6 февраля 2027 г.",
    check_label="Проверить сертификат",
    acknowledgement="При финансовой поддержке правительства Экзамплии.",
)
CERTIFICATE = CertificateSheet(
    number="SBQ-2027-0042",
    native_name="Әсел Қуанышқызы Нұрғалиева",
    latin_name="Assel Nurgaliyeva",
    texts=(ENGLISH, RUSSIAN),
    issued_at=datetime(2027, 2, 6, 9, 0, tzinfo=UTC),
    check_url="https://sabaq.example/check/7K3Q-9XMA",
)

COUNTRIES = Table(
    caption="Participants by country",
    columns=("Country", "Confirmed", "Share of women"),
    rows=(
        ("Kazakhstan", "14", "43 %"),
        ("Tajikistan", "13", "withheld"),
        ("All countries", "27", "41 %"),
    ),
    numeric=frozenset({1}),
    bars=Bars(column=2, shares=(0.43, None, 0.41), aim=0.5),
    note="Countries stand in alphabetical order.",
    totals=1,
)
REPORT = ReportSheet(
    language="en",
    title="Report on participation",
    subtitle="Gender mainstreaming and human rights",
    facts=(("Dates", "4–5 February 2027"), ("Form", "online")),
    sections=(Section("Who took part", ("Two countries took part.",), (COUNTRIES,)),),
    generated_at=datetime(2027, 2, 8, 9, 5, tzinfo=UTC),
    footer="Regional Office for Central Asia",
    suppressed_below=5,
)


def access_sheet(count: int, **changes: Any) -> AccessSheet:
    sheet = AccessSheet(
        language="en",
        agency="State Border Service",
        course_title="Gender mainstreaming and human rights",
        starts_on=date(2027, 2, 4),
        ends_on=date(2027, 2, 5),
        valid_until=date(2027, 3, 7),
        address="https://sabaq.example/enter/",
        cards=tuple(
            AccessCard(f"Officer {n:02}", f"https://sabaq.example/l/token{n}", f"7K3Q9X{n:02}")
            for n in range(1, count + 1)
        ),
        contact="help@office.example",
    )
    return replace(sheet, **changes)


def pages_of(pdf: bytes) -> list[str]:
    """Give the text of each page, one space for each run of white space."""
    return [
        " ".join(page.extract_text().replace("\xa0", " ").split())
        for page in PdfReader(io.BytesIO(pdf)).pages
    ]


def root_of(pdf: bytes) -> DictionaryObject:
    return PdfReader(io.BytesIO(pdf)).root_object


def tags_of(pdf: bytes) -> list[DictionaryObject]:
    """Give every structure element in reading order."""
    return list(_walk(root_of(pdf)["/StructTreeRoot"]))


def roles_of(pdf: bytes) -> list[str]:
    return [str(tag["/S"]) for tag in tags_of(pdf)]


def _walk(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _walk(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _walk(node["/K"])

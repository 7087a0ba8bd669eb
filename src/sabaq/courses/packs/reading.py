"""From files to a `Pack`. Reading goes on after a mistake, so that an author sees all of them at once."""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.reading import Table
from sabaq.courses.packs.cards import check_card, read_cards
from sabaq.courses.packs.decks import read_deck
from sabaq.courses.packs.digests import version_digest
from sabaq.courses.packs.findings import Finding, Findings, PackError
from sabaq.courses.packs.glossary import read_glossary
from sabaq.courses.packs.lessons import AID_HAS, EXERCISE_HAS, Sheet, read_lesson
from sabaq.courses.packs.parts import (
    Deck,
    Item,
    JobAid,
    LegalCard,
    Lesson,
    Objective,
    Pack,
    Poll,
    Promise,
    Survey,
    Term,
    Test,
    Topic,
    TopicStatus,
)
from sabaq.courses.packs.paths import check_paths
from sabaq.courses.packs.pictures import check_pictures, read_pictures
from sabaq.courses.packs.questions import Reader
from sabaq.courses.packs.tables import TomlFile, Tongues, decoded, open_toml
from sabaq.courses.packs.translations import Ledger, Translated, check_translations

HEAD = "pack.toml"
GLOSSARY = "glossary.toml"
PROMISE = "commitment.toml"
_LANGUAGE = re.compile(r"[a-z]{2}")


def read_pack(files: Mapping[str, bytes]) -> Pack:
    """Read a pack from its files, by path. Raises `PackError` with every error found."""
    findings = Findings()
    pack = _PackReader(files, findings, today=None).read()
    if pack is None or findings.errors:
        raise PackError(findings.errors)
    return pack


def translations_of(files: Mapping[str, bytes]) -> tuple[Translated, ...]:
    """Give every text in TOML that is translated, in the order of reading. Raises `PackError`."""
    findings = Findings()
    reader = _PackReader(files, findings, today=None)
    if reader.read() is None or findings.errors:
        raise PackError(findings.errors)
    return tuple(reader.ledger.texts.values())


def check_pack(files: Mapping[str, bytes], *, today: date) -> list[Finding]:
    """Give everything an author should know about a pack: errors and warnings, in the order of files."""
    findings = Findings()
    _PackReader(files, findings, today=today).read()
    return findings.sorted()


class _PackReader:
    def __init__(
        self, files: Mapping[str, bytes], findings: Findings, *, today: date | None
    ) -> None:
        self.files, self.findings, self.today = files, findings, today
        self.ledger = Ledger()
        self.tongues = Tongues("en", ("en",))
        self.topics: dict[str, Topic] = {}
        self.terms: Collection[str] | None = ()

    def read(self) -> Pack | None:
        if HEAD not in self.files:
            self.findings.error(HEAD, 1, _("The file is missing; every pack begins with it."))
            return None
        head = open_toml(HEAD, self.files[HEAD], self.findings, self.ledger)
        if head is None:
            return None
        self.tongues = self._read_tongues(head.table)
        check_paths(self.files, self.findings)
        check_pictures(self.files, [p for p in self.files if p.endswith(".md")], self.findings)
        cards = self._read_cards()
        self.terms = self._glossary_keys()
        pack = self._read_head(head, cards)
        self._check_objectives(head, pack)
        head.close()
        stale = check_translations(self.files, self.ledger, self.findings)
        return replace(pack, stale=Counter(language for _path, _place, language in stale))

    def _read_tongues(self, head: Table) -> Tongues:
        languages = head.slugs("languages", None)
        for index, language in enumerate(languages):
            if not _LANGUAGE.fullmatch(language):
                head.problems.add(
                    ("languages", index),
                    _("“%(code)s” is not a code of a language, such as “ru”."),
                    code=language,
                )
        source = head.choice("source_language", languages) or "en"
        return Tongues(source, languages or (source,))

    def _read_head(self, head: TomlFile, cards: Mapping[str, LegalCard]) -> Pack:
        table = head.table
        slug, version = table.slug("slug"), table.string("version")
        if len(version) > 40:
            table.wrong("version", _("Use at most %(most)s letters."), most=40)
        title = head.texts(table, "title", self.tongues)
        subtitle = head.texts(table, "subtitle", self.tongues, required=False)
        licence = table.string("licence")
        self._read_topics(head, cards)
        aids = self._read_aids(head, cards)
        self._refuse_strangers(aids)
        asked: set[str] = set()
        bank = self._read_bank(asked)
        tests = self._read_tests(bank, asked)
        sheets = (sheet for test in tests.values() for sheet in (test.items, *test.forms.values()))
        own = {item.key: item for sheet in sheets for item in sheet}
        return Pack(
            slug=slug,
            version=version,
            title=title,
            subtitle=subtitle,
            source_language=self.tongues.source,
            languages=self.tongues.all,
            licence=licence,
            topics=tuple(self.topics.values()),
            tests=tests,
            surveys=self._read_surveys(),
            cards=cards,
            digest=version_digest(self.files),
            items={**bank, **own},
            aids=aids,
            glossary=self._read_glossary(),
            promise=self._read_promise(),
            pictures=read_pictures(self.files),
        )

    def _read_topics(self, head: TomlFile, cards: Mapping[str, LegalCard]) -> None:
        seen: set[str] = set()
        polls: set[str] = set()
        for table in head.table.tables("topics"):
            topic = self._topic(head, table, cards)
            head.refuse_double(table, topic.key, seen)
            for poll in topic.polls:
                if poll.key in polls:
                    table.wrong("key", _("The poll “%(key)s” is in two decks."), key=poll.key)
                polls.add(poll.key)
            table.end()
            self.topics[topic.key] = topic
        if not self.topics:
            head.table.wrong("topics", _("Write at least one [[topics]]."))

    def _topic(self, head: TomlFile, table: Table, cards: Mapping[str, LegalCard]) -> Topic:
        key = table.slug("key")
        statuses = [status.value for status in TopicStatus]
        status = table.choice("status", statuses, TopicStatus.COMPLETE.value)
        title = head.texts(table, "title", self.tongues)
        objectives = self._objectives(head, table)
        polls = self._polls(key)
        lesson, deck = self._lesson(key, cards), self._deck(key, polls)
        if status == TopicStatus.COMPLETE.value and key and (lesson is None or deck is None):
            table.wrong(
                "status",
                _(
                    "A complete topic needs lessons/%(key)s.%(lang)s.md and slides/%(key)s.%(lang)s.md."
                ),
                key=key,
                lang=self.tongues.source,
            )
        known = TopicStatus(status) if status in statuses else TopicStatus.OUTLINE
        exercise = self._exercise(key)
        return Topic(key, known, title, objectives, lesson, deck, polls, exercise)

    def _objectives(self, head: TomlFile, table: Table) -> tuple[Objective, ...]:
        seen: set[str] = set()
        objectives = []
        for row in table.tables("objectives"):
            objective = Objective(row.slug("key"), head.texts(row, "text", self.tongues))
            head.refuse_double(row, objective.key, seen)
            row.end()
            objectives.append(objective)
        if not objectives:
            table.wrong("objectives", _("Say what participants can do after the topic."))
        return tuple(objectives)

    def _sheets(self, folder: str, topic: str) -> dict[str, Sheet]:
        sheets = {}
        for language in self.tongues.all:
            path = f"{folder}/{topic}.{language}.md"
            if path in self.files:
                text = decoded(path, self.files[path], self.findings)
                sheets[language] = Sheet(path, language, text or "")
        if sheets and self.tongues.source not in sheets:
            path = next(iter(sheets.values())).path
            self.findings.error(
                path,
                1,
                _("The file in the source language “%(lang)s” is missing."),
                lang=self.tongues.source,
            )
            return {}
        for language in self.tongues.others if sheets else ():
            if language not in sheets:
                path = f"{folder}/{topic}.{language}.md"
                self.findings.warn(path, 1, _("The translation is missing."))
        return sheets

    def _lesson(self, topic: str, cards: Mapping[str, LegalCard]) -> Lesson | None:
        sheets = self._sheets("lessons", topic)
        if not sheets:
            return None
        return read_lesson(sheets, self.tongues, cards, self.findings, terms=self.terms)

    def _exercise(self, topic: str) -> Lesson | None:
        sheets = self._sheets("exercises", topic)
        if not sheets:
            return None
        return read_lesson(
            sheets, self.tongues, {}, self.findings, terms=self.terms, directives=EXERCISE_HAS
        )

    def _read_aids(self, head: TomlFile, cards: Mapping[str, LegalCard]) -> dict[str, JobAid]:
        seen: set[str] = set()
        aids = {}
        for table in head.table.tables("aids"):
            aid = self._aid(head, table, cards)
            head.refuse_double(table, aid.key, seen)
            table.end()
            aids[aid.key] = aid
        return aids

    def _aid(self, head: TomlFile, table: Table, cards: Mapping[str, LegalCard]) -> JobAid:
        key = table.slug("key")
        title, summary = (head.texts(table, name, self.tongues) for name in ("title", "summary"))
        topic = table.choice("topic", self.topics)
        sheets = self._sheets("aids", key)
        if key and not sheets:
            table.wrong(
                "key", _("aids/%(key)s.%(lang)s.md is missing."), key=key, lang=self.tongues.source
            )
        sheet = (
            read_lesson(
                sheets, self.tongues, cards, self.findings, terms=self.terms, directives=AID_HAS
            )
            if sheets
            else Lesson(())
        )
        return JobAid(key, title, summary, topic, sheet)

    def _glossary_keys(self) -> Collection[str] | None:
        """Give the keys that lessons may link to, before the glossary itself is read and checked.

        None where it cannot be read: one broken line in it is no fault of every lesson.
        """
        if GLOSSARY not in self.files:
            return ()
        try:
            rows = tomllib.loads(self.files[GLOSSARY].decode("utf-8-sig"))["terms"]
            return {row["key"] for row in rows}
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError):
            return None

    def _read_glossary(self) -> dict[str, Term]:
        if GLOSSARY not in self.files:
            return {}
        file = open_toml(GLOSSARY, self.files[GLOSSARY], self.findings, self.ledger)
        if file is None:
            return {}
        terms = read_glossary(file, self.tongues, self.topics)
        file.close()
        return terms

    def _read_promise(self) -> Promise | None:
        if PROMISE not in self.files:
            return None
        file = open_toml(PROMISE, self.files[PROMISE], self.findings, self.ledger)
        if file is None:
            return None
        promise = Reader(file, self.tongues).promise()
        file.close()
        return promise

    def _deck(self, topic: str, polls: tuple[Poll, ...]) -> Deck | None:
        sheets = self._sheets("slides", topic)
        return read_deck(sheets, self.tongues, polls, self.findings) if sheets else None

    def _polls(self, topic: str) -> tuple[Poll, ...]:
        path = f"slides/{topic}.polls.toml"
        if path not in self.files:
            return ()
        file = open_toml(path, self.files[path], self.findings, self.ledger)
        if file is None:
            return ()
        polls = Reader(file, self.tongues).polls()
        file.close()
        return polls

    def _in_folder(self, folder: str) -> Iterable[tuple[str, TomlFile]]:
        for path in sorted(self.files):
            if path.startswith(f"{folder}/") and path.endswith(".toml"):
                file = open_toml(path, self.files[path], self.findings, self.ledger)
                if file is not None:
                    yield path.removeprefix(f"{folder}/").removesuffix(".toml"), file
                    file.close()

    def _read_bank(self, seen: set[str]) -> dict[str, Item]:
        topics = self.topics.values()
        return {
            item.key: item
            for topic, file in self._in_folder("items")
            for item in Reader(file, self.tongues).bank(topic, topics, seen)
        }

    def _read_tests(self, bank: Mapping[str, Item], seen: set[str]) -> dict[str, Test]:
        topics = self.topics.values()
        return {
            key: Reader(file, self.tongues).test(key, topics, bank, seen)
            for key, file in self._in_folder("tests")
        }

    def _read_surveys(self) -> dict[str, Survey]:
        topics = self.topics.values()
        return {
            key: Reader(file, self.tongues).survey(key, topics)
            for key, file in self._in_folder("surveys")
        }

    def _read_cards(self) -> dict[str, LegalCard]:
        seen: set[str] = set()
        found: dict[str, LegalCard] = {}
        for _key, file in self._in_folder("cards"):
            cards = read_cards(file, self.tongues, seen)
            found |= {card.key: card for card in cards}
            if self.today is not None:
                for table, card in zip(file.table.tables("cards"), cards, strict=True):
                    check_card(file, table, card, self.today)
        return found

    def _refuse_strangers(self, aids: Collection[str]) -> None:
        """Note sheets of topics, job aids or languages that `pack.toml` does not name."""
        owners = {
            "lessons": self.topics,
            "slides": self.topics,
            "exercises": self.topics,
            "aids": aids,
        }
        expected = {
            f"{folder}/{key}.{language}.md"
            for folder, keys in owners.items()
            for key in keys
            for language in self.tongues.all
        } | {f"slides/{topic}.polls.toml" for topic in self.topics}
        for path in self.files:
            if path.partition("/")[0] in owners and path not in expected:
                self.findings.error(
                    path,
                    1,
                    _(
                        "pack.toml names no topic, job aid or language that this file would belong to."
                    ),
                )

    def _check_objectives(self, head: TomlFile, pack: Pack) -> None:
        asked = {(item.topic, item.objective) for item in pack.items.values()}
        for number, topic in enumerate(pack.topics):
            for index, objective in enumerate(topic.objectives):
                if not topic.is_outline and (topic.key, objective.key) not in asked:
                    head.warn(
                        ("topics", number, "objectives", index),
                        _("No item asks about “%(key)s”."),
                        key=objective.key,
                    )

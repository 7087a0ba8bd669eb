"""What is asked: polls, tests and surveys, each a TOML file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.reading import Table
from sabaq.courses.packs.digests import block_hash
from sabaq.courses.packs.parts import (
    LIKERT,
    Asked,
    Item,
    Level,
    Option,
    Poll,
    PollKind,
    Promise,
    Question,
    QuestionKind,
    Survey,
    Test,
    Topic,
)
from sabaq.courses.packs.tables import TomlFile, Tongues

# A key that is much longer than every other option gives itself away.
LONGEST_OPTION_TELLS = 1.35
FORMS = ("A", "B")
# Tests keep what was chosen in these columns.
OPTION_LENGTH = 80


@dataclass(frozen=True)
class Reader:
    """Reads the questions of one file."""

    file: TomlFile
    tongues: Tongues

    def polls(self) -> tuple[Poll, ...]:
        seen: set[str] = set()
        return tuple(self._poll(table, seen) for table in self.file.table.tables("polls"))

    def _poll(self, table: Table, seen: set[str]) -> Poll:
        kinds = [kind.value for kind in PollKind]
        key, kind = table.slug("key"), table.choice("kind", kinds, PollKind.SINGLE.value)
        known = PollKind(kind) if kind in kinds else PollKind.SINGLE
        question = self.file.texts(table, "question", self.tongues)
        poll = Poll(key, known, question, self._poll_options(table, known))
        self.file.refuse_double(table, poll.key, seen)
        table.end()
        return poll

    def _poll_options(self, table: Table, kind: PollKind) -> tuple[Option, ...]:
        if kind is PollKind.WORD:
            return ()
        if kind is PollKind.SCALE:
            ends = {
                LIKERT[0]: self.file.texts(table, "low", self.tongues),
                LIKERT[-1]: self.file.texts(table, "high", self.tongues),
            }
            return tuple(Option(number, ends.get(number, {})) for number in LIKERT)
        return self._options(table, explained=False)

    def bank(self, topic: str, topics: Collection[Topic], seen: set[str]) -> tuple[Item, ...]:
        """Read the items of one topic's part of the bank, `items/<topic>.toml`."""
        root = self.file.table
        if topic not in {one.key for one in topics}:
            root.wrong("", _("pack.toml names no topic “%(key)s”."), key=topic)
        items = tuple(self._item(table, topics, seen, topic) for table in root.tables("items"))
        if not items:
            root.wrong("items", _("Write at least one [[items]]."))
        return items

    def test(
        self, key: str, topics: Collection[Topic], bank: Mapping[str, Item], seen: set[str]
    ) -> Test:
        """Read a test: items picked from the bank by key, and items of its own."""
        root = self.file.table
        picked = [self._picked(root, "pick", name, bank) for name in root.slugs("pick", ())]
        own = [self._item(table, topics, seen) for table in root.tables("items")]
        known = {**bank, **{item.key: item for item in own}}
        test = Test(
            key=key,
            title=self.file.texts(root, "title", self.tongues),
            intro=self.file.texts(root, "intro", self.tongues, required=False),
            items=(*(item for item in picked if item), *own),
            forms=self._forms(root, known) if "forms" in root.data else {},
        )
        if not test.items:
            root.wrong(
                "items", _("A test needs at least one item: “pick” some, or write [[items]].")
            )
        return test

    def _forms(self, root: Table, known: Mapping[str, Item]) -> dict[str, tuple[Item, ...]]:
        """Read the two forms of a test: as many items each, so that a score means the same in both."""
        table = root.table("forms")
        if table is None:
            return {}
        forms = {}
        for form in FORMS:
            names = table.slugs(form, None)
            picked = (self._picked(table, form, name, known) for name in names)
            forms[form] = tuple(item for item in picked if item)
        if table.is_sound and len({len(items) for items in forms.values()}) > 1:
            table.wrong("", _("The two forms must have as many items each."))
        table.end()
        return forms

    def _picked(self, table: Table, key: str, name: str, bank: Mapping[str, Item]) -> Item | None:
        if name not in bank:
            table.wrong(key, _("items/ has no item “%(key)s”."), key=name)
        return bank.get(name)

    def _item(
        self, table: Table, topics: Collection[Topic], seen: set[str], of_topic: str = ""
    ) -> Item:
        key = table.slug("key")
        objectives = {topic.key: {o.key for o in topic.objectives} for topic in topics}
        topic = of_topic or table.choice("topic", objectives)
        objective = (
            table.choice("objective", objectives.get(topic, ())) if topic in objectives else ""
        )
        table.asked.add("objective")
        level = table.choice("level", [level.value for level in Level])
        stem = self.file.texts(table, "stem", self.tongues)
        options = self._options(table, explained=True)
        correct = table.choice("correct", [option.key for option in options])
        self.file.refuse_double(table, key, seen)
        table.end()
        self._warn_if_the_key_tells(table, options, correct)
        source = self.tongues.source
        words = [stem.get(source, ""), *(option.text.get(source, "") for option in options)]
        return Item(
            key=key,
            topic=topic,
            objective=objective,
            level=Level(level) if level in {one.value for one in Level} else Level.REMEMBER,
            stem=stem,
            options=options,
            correct=correct,
            hash=block_hash("\n".join(words)),
        )

    def _options(self, table: Table, *, explained: bool) -> tuple[Option, ...]:
        seen: set[str] = set()
        options = []
        for row in table.tables("options"):
            option = Option(
                key=row.slug("key"),
                text=self.file.texts(row, "text", self.tongues),
                explanation=self.file.texts(row, "explanation", self.tongues) if explained else {},
            )
            self.file.refuse_double(row, option.key, seen)
            row.end()
            options.append(option)
        if len(options) < 2:
            table.wrong("options", _("Give at least two options to choose from."))
        return tuple(options)

    def _warn_if_the_key_tells(
        self, table: Table, options: tuple[Option, ...], correct: str
    ) -> None:
        for language in self.tongues.all:
            lengths = {option.key: len(option.text.get(language, "")) for option in options}
            own = lengths.pop(correct, 0)
            if lengths and own > max(lengths.values()) * LONGEST_OPTION_TELLS:
                self.file.warn(
                    (*table.path, "correct"),
                    _("In “%(language)s” the right option is much longer than the others."),
                    language=language,
                )

    def survey(self, key: str, topics: Collection[Topic]) -> Survey:
        seen: set[str] = set()
        root = self.file.table
        title = self.file.texts(root, "title", self.tongues)
        intro = self.file.texts(root, "intro", self.tongues)
        whens = [when.value for when in Asked]
        asked = root.choice("asked", whens, Asked.AFTER.value)
        scale = root.tables("scale")
        labels = tuple(self._label(number, row) for number, row in zip(LIKERT, scale, strict=False))
        if scale and len(scale) != len(LIKERT):
            root.wrong("scale", _("A scale has five [[scale]], from 1 to 5."))
        questions = tuple(
            self._question(table, labels, topics, seen) for table in root.tables("questions")
        )
        if not questions:
            root.wrong("questions", _("A survey needs at least one [[questions]]."))
        known = Asked(asked) if asked in whens else Asked.AFTER
        return Survey(key, title, intro, questions, known)

    def promise(self) -> Promise:
        """Read `commitment.toml`."""
        names = ("title", "intro", "deed", "by_when", "support")
        words = {name: self.file.texts(self.file.table, name, self.tongues) for name in names}
        return Promise(**words)

    def _label(self, number: str, row: Table) -> Option:
        option = Option(number, self.file.texts(row, "text", self.tongues))
        row.end()
        return option

    def _question(
        self, table: Table, scale: tuple[Option, ...], topics: Collection[Topic], seen: set[str]
    ) -> Question:
        kinds = [kind.value for kind in QuestionKind]
        key, kind = table.slug("key"), table.choice("kind", kinds)
        text = self.file.texts(table, "text", self.tongues)
        is_required = table.take("required", bool, _("true or false"), default=False)
        options: tuple[Option, ...] = ()
        if kind == QuestionKind.LIKERT.value:
            options = scale
            if not scale:
                table.wrong("kind", _("A likert question needs the five [[scale]] of the survey."))
        elif kind == QuestionKind.CHOICE.value:
            options = self._choices(table, topics)
        self.file.refuse_double(table, key, seen)
        table.end()
        known = QuestionKind(kind) if kind in kinds else QuestionKind.OPEN
        return Question(key, known, text, options, is_required=is_required)

    def _choices(self, table: Table, topics: Collection[Topic]) -> tuple[Option, ...]:
        if table.choice("options_from", ["topics"], "") == "topics":
            return tuple(Option(topic.key, topic.title) for topic in topics)
        return self._options(table, explained=False)

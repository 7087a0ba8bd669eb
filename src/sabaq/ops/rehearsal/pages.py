"""Pages as a person's program reads them: by structure (forms, names, data attributes), never by texts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905 - a list of words
)


@dataclass
class Form:
    """A form with what it would send if nothing were touched; `options` are the values on offer by name."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    is_post: bool = True


@dataclass(eq=False)
class Node:
    """One element; `parts` are its children and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: "list[Node | str]" = field(default_factory=list)

    def __iter__(self) -> "Iterator[Node]":
        """Give this element and all below it, in the order of the page."""
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part

    def all(self, tag: str = "", **attributes: str) -> "list[Node]":
        """Give the elements below with this tag and these attributes (`data_key` means `data-key`)."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            node
            for node in self
            if (not tag or node.tag == tag)
            and all(node.attributes.get(name) == value for name, value in wanted.items())
        ]

    def having(self, *names: str) -> "list[Node]":
        """Give the elements below that carry all these attributes."""
        return [node for node in self if all(name in node.attributes for name in names)]

    def smallest(self, holds: "Callable[[Node], object]") -> "Node | None":
        """Give the innermost element for which `holds` is true, the first of several; None where there is none."""
        if not holds(self):
            return None
        inner = (part.smallest(holds) for part in self.parts if isinstance(part, Node))
        return next((found for found in inner if found), self)

    def names(self) -> list[str]:
        """Give the names of people in it."""
        return [name.text for name in self.all("bdi")]

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        words = "".join(part.text if isinstance(part, Node) else part for part in self.parts)
        return " ".join(words.split()) if self.tag != "textarea" else words

    def links(self) -> list[str]:
        return [node.get("href") for node in self.all("a") if node.get("href")]

    def forms(self) -> list[Form]:
        return [_form(node) for node in self.all("form")]

    def complaints(self) -> str:
        """Give what the page says is wrong, for the message of a play that cannot go on."""
        alerts = [node.text for node in self if node.get("role") == "alert"]
        headings = [node.text for node in self.all("h1")]
        return " / ".join(alerts or headings)[:400]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def read_page(text: str) -> Node:
    """Give the page as a tree."""
    reader = _Reader()
    reader.feed(text)
    return reader.root


def _form(node: Node) -> Form:
    form = Form(node.get("action"), is_post=node.get("method").lower() == "post")
    for control in node:
        if control.tag == "button":
            form.buttons.append((control.get("name"), control.get("value")))
        elif control.get("name"):
            _take(form, control)
    return form


def _take(form: Form, control: Node) -> None:
    name, value, kind = control.get("name"), control.get("value"), control.get("type")
    if control.tag == "select":
        options = control.all("option")
        form.options[name] = [option.get("value") for option in options]
        chosen = [o for o in options if "selected" in o.attributes] or options[:1]
        form.fields[name] = chosen[0].get("value") if chosen else ""
    elif control.tag == "textarea":
        form.fields[name] = control.text.removeprefix("\n")
    elif control.tag == "input" and kind in {"radio", "checkbox"}:
        form.options.setdefault(name, []).append(value)
        if "checked" in control.attributes:
            form.fields[name] = value
    elif control.tag == "input" and kind not in {"file", "submit"}:
        form.fields[name] = value

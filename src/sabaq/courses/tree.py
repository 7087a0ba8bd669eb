"""The programme tree with its editions: where an edition in two projects shows twice and counts once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from sabaq.courses.models import Edition
from sabaq.programmes.models import Programme, Project


@dataclass
class ProjectNode:
    project: Project
    editions: list[Edition]


@dataclass
class ProgrammeNode:
    """A programme or sub-programme, with what stands under it."""

    programme: Programme
    sub_programmes: list["ProgrammeNode"] = field(default_factory=list)
    projects: list[ProjectNode] = field(default_factory=list)

    @property
    def edition_ids(self) -> set[int]:
        own = {edition.pk for node in self.projects for edition in node.editions}
        return own.union(*(node.edition_ids for node in self.sub_programmes))

    @property
    def count(self) -> int:
        """Give how many editions there are under it, each counted once."""
        return len(self.edition_ids)


@dataclass
class Tree:
    programmes: list[ProgrammeNode]

    @property
    def count(self) -> int:
        """Give how many editions there are in all, each counted once."""
        return len(set[int]().union(*(node.edition_ids for node in self.programmes)))


def programme_tree(editions: QuerySet[Edition], *, whole: bool = False) -> Tree:
    """Give the tree over these editions, in four queries; with `whole` branches without any show too."""
    of_project: dict[int, list[Edition]] = defaultdict(list)
    for edition in editions.prefetch_related("projects"):
        for project in edition.projects.all():
            of_project[project.pk].append(edition)
    nodes = {row.pk: ProgrammeNode(row) for row in Programme.objects.order_by("key")}
    for project in Project.objects.select_related("donor").order_by("code"):
        if whole or project.pk in of_project:
            node = ProjectNode(project, of_project[project.pk])
            nodes[project.programme_id].projects.append(node)
    return Tree(list(_grown(nodes, whole=whole)))


def _grown(nodes: dict[int, ProgrammeNode], *, whole: bool) -> Iterable[ProgrammeNode]:
    tops: list[ProgrammeNode] = []
    for node in nodes.values():
        parent = nodes.get(node.programme.parent_id or 0)
        (parent.sub_programmes if parent else tops).append(node)
    if whole:
        return tops
    for node in nodes.values():
        node.sub_programmes = [sub for sub in node.sub_programmes if sub.count]
    return [node for node in tops if node.count]

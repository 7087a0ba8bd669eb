"""Which adapter serves which port. One line each; nothing else in the house knows an adapter."""

import time
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings

from sabaq.adapters.docx.writer import WordWriter
from sabaq.adapters.mail.postman import DjangoPostman
from sabaq.adapters.newsroom.figures import ReportedFigures
from sabaq.adapters.storage.files import FileBlobs
from sabaq.classroom.ports import Detours, MediaEngine, RegisterPrinter
from sabaq.courses.ports import BlobStore
from sabaq.credentials.ports import CertificatePrinter
from sabaq.enrolment.ports import AccessSheetPrinter, Postman, RoomSheetPrinter
from sabaq.kernel.ports import provide
from sabaq.newsroom.ports import ArticleWriter, Figures
from sabaq.ops.turn import detour_told
from sabaq.ops.voice import engine_told
from sabaq.reporting.ports import ReportPrinter, ReportWriter

if TYPE_CHECKING:
    from sabaq.adapters.pdf.printer import TypstPrinter

_TASKS = (
    "sabaq.enrolment.tasks",
    "sabaq.classroom.tasks",
    "sabaq.feedback.tasks",
    "sabaq.ops.upkeep",
)


def _typst() -> "TypstPrinter":
    # Fonts and codes to scan take their time to load: the first print waits for them, and not each start.
    from sabaq.adapters.pdf.printer import TypstPrinter  # noqa: PLC0415

    return TypstPrinter()


def provide_all() -> None:
    """Provide every port of the apps below, and register their tasks."""
    for printer in (
        CertificatePrinter,
        AccessSheetPrinter,
        RoomSheetPrinter,
        RegisterPrinter,
        ReportPrinter,
    ):
        provide(printer, _typst)
    provide(Figures, ReportedFigures)
    provide(ArticleWriter, WordWriter)
    provide(ReportWriter, WordWriter)
    provide(Postman, DjangoPostman)
    provide(BlobStore, lambda: FileBlobs(settings.DATA_DIR / "blobs"))
    engine = engine_told()
    if engine is not None:
        # Loaded only where there is an engine: a server without voice needs nothing of it.
        janus = import_module("sabaq.adapters.janus.engine")
        provide(MediaEngine, lambda: janus.JanusEngine(engine))
    turn = detour_told()
    if turn is not None:
        coturn = import_module("sabaq.adapters.coturn.detours")
        provide(Detours, lambda: coturn.CoturnDetours(turn, time.time))  # noqa: TID251 - coturn's clock
    for module in _TASKS:
        import_module(module)

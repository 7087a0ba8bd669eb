"""Which adapter serves which port. One line each; nothing else in the house knows an adapter."""

from sabaq.adapters.pdf.printer import TypstPrinter
from sabaq.credentials.ports import CertificatePrinter
from sabaq.enrolment.ports import AccessSheetPrinter
from sabaq.kernel.ports import provide
from sabaq.reporting.ports import ReportPrinter


def provide_all() -> None:
    """Provide every port of the apps below, and register their tasks."""
    provide(CertificatePrinter, TypstPrinter)
    provide(AccessSheetPrinter, TypstPrinter)
    provide(ReportPrinter, TypstPrinter)

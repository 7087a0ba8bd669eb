from dataclasses import replace

import pytest

from sabaq.adapters.pdf.errors import GlyphsMissing
from sabaq.adapters.pdf.memory import RecordingPrinter
from sabaq.adapters.pdf.printer import TypstPrinter
from sabaq.credentials.ports import CertificatePrinter
from sabaq.enrolment.ports import AccessSheetPrinter
from sabaq.kernel import ports
from sabaq.reporting.ports import ReportPrinter
from tests.adapters.pdf.sheets import CERTIFICATE, REPORT, access_sheet, pages_of


def test_one_printer_serves_all_three_ports():
    printer = TypstPrinter()

    assert "SBQ-2027-0042" in pages_of(printer.certificates([CERTIFICATE], title="T"))[0]
    assert "Report on participation" in pages_of(printer.report(REPORT))[0]
    assert "Officer 01" in pages_of(printer.access_sheets([access_sheet(1)]))[0]
    assert printer.missing_glyphs("Нур 李") == frozenset("李")


@pytest.mark.parametrize("port", [CertificatePrinter, AccessSheetPrinter, ReportPrinter])
def test_the_house_is_wired_with_it(port):
    assert isinstance(ports.get(port), TypstPrinter)


def test_the_twin_keeps_what_it_was_given():
    printer = RecordingPrinter()
    sheet = access_sheet(1)

    printer.certificates([CERTIFICATE], title="T")
    printer.report(REPORT)
    printer.access_sheets([sheet])

    assert (printer.printed, printer.reports, printer.access) == (
        [CERTIFICATE],
        [REPORT],
        [sheet],
    )


@pytest.mark.parametrize("printer", [TypstPrinter(), RecordingPrinter()])
def test_the_twin_refuses_what_the_printer_refuses(printer):
    with pytest.raises(GlyphsMissing):
        printer.certificates([replace(CERTIFICATE, latin_name="李")], title="T")

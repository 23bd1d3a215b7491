"""Documents in PDF: a report on A4 pages, with the figures of its page."""

from budgets.pdf.report import report_pdf
from budgets.pdf.response import report_response

__all__ = ["report_pdf", "report_response"]

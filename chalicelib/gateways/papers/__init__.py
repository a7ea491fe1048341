"""Receipts and statements as files: PDF for people, CSV for their books.

The library that makes PDFs is imported by the first paper, not by the process.
"""

from typing import TYPE_CHECKING

from chalicelib.domain.company import Company

if TYPE_CHECKING:
    from chalicelib.domain.papers import Receipt, Statement


class Papers:
    """`company` is the letterhead; the same facts make the same bytes."""

    def __init__(self, company: Company):
        self._company = company

    def receipt_pdf(self, receipt: "Receipt") -> bytes:
        """What a learner has paid for one booking, and what came back."""
        from chalicelib.gateways.papers import receipts

        return receipts.pdf(self._company, receipt)

    def statement_pdf(self, statement: "Statement") -> bytes:
        """What a mentor has earned in a month, and what was paid out."""
        from chalicelib.gateways.papers import statements

        return statements.pdf(self._company, statement)

    def statement_csv(self, statement: "Statement") -> bytes:
        """The same month for a spreadsheet."""
        from chalicelib.gateways.papers import sheets

        return sheets.csv_of(statement)

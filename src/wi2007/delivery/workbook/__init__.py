"""Read workbooks of Excel and LibreOffice: the sheet, the row of names, and every row with its own number."""

from wi2007.delivery.workbook.opening import open_workbook

__all__ = ["open_workbook"]

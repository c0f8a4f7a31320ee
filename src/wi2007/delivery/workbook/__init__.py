"""Workbooks of Excel and LibreOffice: which sheet, which row holds the names, and every row with its own number.

What does not belong here: other kinds of file.
"""

from wi2007.delivery.workbook.opening import open_workbook

__all__ = ["open_workbook"]

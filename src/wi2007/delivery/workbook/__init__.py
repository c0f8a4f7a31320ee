"""Read workbooks of Excel and LibreOffice: the sheet, the row of names, and every row with its own number."""

"""Deliveries that are text: encoding, separator, quotation marks, header, rows.

What does not belong here: other kinds of file, and what a field means.
"""

"""Read deliveries that are text: encoding, separator, quotation marks, header, rows."""

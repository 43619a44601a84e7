"""Writes calendar messages: iCalendar (RFC 5545, 7986), iTIP methods (RFC 5546)."""

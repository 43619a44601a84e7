"""The years that dates of schedules, times off, travels and holidays may lie in."""

FIRST_YEAR, LAST_YEAR = 2000, 2199

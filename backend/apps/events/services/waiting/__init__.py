"""Whoever waits for time that frees: the waitlist, and those who asked for sooner."""

"""Whoever waits for time that frees: the waitlist, and those who asked for sooner.

How lines move: docs/algorithms/waitlist.md. Nothing is imported here: whoever frees time imports
`freed`, and what serves is built on them in turn.
"""

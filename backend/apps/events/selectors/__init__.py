"""Reads of the scheduling core."""

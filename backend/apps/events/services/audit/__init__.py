"""Audit rows, sealed in batches and verified."""

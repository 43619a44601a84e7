"""Custom questions and their answers (semantics, 5)."""

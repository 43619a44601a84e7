"""What stands where a name was that is erased."""

ERASED = "Erased"

"""Time and seats kept for somebody for a short while."""

"""Who may book, and how often: rules of the event type beside those of time."""

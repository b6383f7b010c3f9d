"""Results as text: the table, its footnoted sources, one simulated launch told event by event."""

"""The desks: what waits for whom. Composed of all rooms; no room knows of it."""

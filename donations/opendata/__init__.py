"""Open data: everything public as tables, described once, and given as files, API, catalogue, feeds and cards."""

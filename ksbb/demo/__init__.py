"""`make demo`: everything that the platform is, on one machine, until Ctrl-C."""

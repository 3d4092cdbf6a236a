"""Pages of handover reports: writing one, checking one, and what the public sees."""

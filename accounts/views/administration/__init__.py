"""Administration in our own pages: people, invitations, organisations, permits, sites."""

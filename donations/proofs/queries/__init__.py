"""What documents say, read from the ledger, and whether it still holds."""

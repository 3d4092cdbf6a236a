"""Reports of misconduct: who tells it, who looks into it, and what nobody else may learn."""

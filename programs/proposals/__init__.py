"""What citizens propose: collaborations and new programs, talked over, supported, and answered by the offices."""

"""What others than the reporter say of an arrival: the deliverer's side, the facilitator, and a sample of recipients."""

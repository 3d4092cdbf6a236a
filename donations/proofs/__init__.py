"""What givers can show: the letter of a pledge, certificates and yearly reports, and how anybody checks them."""

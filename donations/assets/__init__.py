"""Durable aid after it arrived: what it is, whose, with whom, in which condition, until it is written off."""

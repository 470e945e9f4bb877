"""What the works are measured against: the same done by hand, or by a peer."""

"""Documents: what leaves the house as a file."""

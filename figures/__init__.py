"""What a Board reads: the report of a year, of one host or of the whole station. Counted in `hubs`, told here."""

"""What one looks at before a day is chosen: the calendar of all hosts, and what speaks against a day."""

"""What a first visit costs on the line, measured in a real browser."""

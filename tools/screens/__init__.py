"""The pictures of docs/screens, taken from a demonstration made for it."""

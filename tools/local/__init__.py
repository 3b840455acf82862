"""The station on one machine: the servers it needs, started from Python wheels. Imports nothing of Django."""

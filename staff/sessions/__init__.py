"""The desk of one session: who comes, who waits, and what can be done. It is edited on its activity's page."""

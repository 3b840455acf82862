"""Django's PostgreSQL backend, with an end to waiting, and at home behind a pool of connections.

ENGINE in the settings names this package; base.py is the backend, limits.py says how long each kind of work may wait.
"""

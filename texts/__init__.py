"""Texts as people type and paste them: made fit for every format they leave in, before anybody else sees them.

And words that all rooms say alike: the names of languages.
"""

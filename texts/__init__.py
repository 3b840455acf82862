"""Texts as people type and paste them: made fit for every format they leave in, before anybody else sees them.

And what all rooms say alike: the names of languages, and why something is refused.
"""

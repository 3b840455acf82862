"""What staff do with proposals that came in: they read them, weigh them and decide.

The rows are those of `proposals`, which knows nothing of this room: proposers read part of what is written here.
"""

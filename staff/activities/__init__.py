"""An activity on one screen: its words in three languages, its sessions with their meetings, its speakers and materials.

What people who registered must hear of is not saved at once: a page says who is written to, and asks.
"""

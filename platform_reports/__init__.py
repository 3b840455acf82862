"""What meeting platforms write about a call, and the people in it.

A *platform report* is a file that a platform wrote about one call (a “report” alone is one of figures). `reading/` makes
people and minutes of it, whatever platform, language, encoding and order of dates; it knows no rows of the station. The rest
of the room finds the registrations they belong to, with staff.
"""

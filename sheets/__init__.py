"""Reads tables of people out of files and pasted texts, whoever wrote them: bytes in, rows of cells out.

What a column means, and whether a file is taken, is for the room that asks. No rows of the database, no requests.
"""

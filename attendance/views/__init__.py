"""The pages of attendance, file by file; `urls.py` names each."""

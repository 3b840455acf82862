"""The pages of registering, file by file; `urls.py` names each."""

"""The pages of imports, each from the door to the answer."""

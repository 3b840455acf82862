"""Texts as people type and paste them: made fit for every format they leave in, before anybody else sees them."""

"""The desk's pages about the certificates of one session: who has one and who does not, issuing, granting."""

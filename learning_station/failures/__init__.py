"""What happens when something fails on our side: the page for the visitor, and the word to whom it concerns."""

"""How far people agree, and who is right where they do not."""

"""The people of the service: who they are, blocking them, erasing them."""

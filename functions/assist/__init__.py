"""Suggestions: features of images, learning from labels, and how right they were (queues)."""

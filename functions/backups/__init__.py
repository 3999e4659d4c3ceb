"""Backing projects up and restoring them, here or on another deployment (queues)."""

"""Connections to blob containers; datasets and uploads in them."""

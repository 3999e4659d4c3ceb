"""Packs and their rules, the directory, the work queue: leases, submissions, progress."""

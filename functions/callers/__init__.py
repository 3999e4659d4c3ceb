"""Who has called when, who is blocked, who administers the service."""

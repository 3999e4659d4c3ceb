"""What the service costs, side by side with its limits and its peers."""

"""Building exports (queue); one module per format."""

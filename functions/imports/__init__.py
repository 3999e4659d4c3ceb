"""Labels from elsewhere, matched with a project's images (queue); one module per format."""

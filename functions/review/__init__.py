"""Images and their history; rejections, corrections, confirmations, and undoing them."""

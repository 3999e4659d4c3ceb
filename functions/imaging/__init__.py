"""An image's bytes in, pictures out: headers, decoding, budgets."""

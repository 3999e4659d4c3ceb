"""New, changed and missing images: finding, packing and preparing them (timer and queues)."""

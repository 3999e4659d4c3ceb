"""`azd up` as far as it goes without Azure, in azd's order: `make rehearse`."""

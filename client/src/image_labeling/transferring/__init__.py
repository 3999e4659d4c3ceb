"""Files on their way: images from a disk into storage, and exports from storage onto a disk.

Files go straight to storage and come straight from it, by short-lived addresses that the service signs. The access
token goes to the service alone.
"""

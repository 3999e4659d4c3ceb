"""Task types: what people say of an image, and what of that is allowed. Pure; docs/tasks.md says how to add one."""

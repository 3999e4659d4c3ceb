"""The HTTP edge: routes, validation, lists, errors, overload, the OpenAPI document."""

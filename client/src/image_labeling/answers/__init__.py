"""What the service answers, as far as this client reads it. Names are those of the API's OpenAPI document, in Python's
spelling; fields that are not named here are passed over.
"""

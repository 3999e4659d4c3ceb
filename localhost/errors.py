"""What stops the start. The message is all that the user reads."""


class StartError(Exception):
    """The service cannot start; the message says why, in one sentence, and what to do."""

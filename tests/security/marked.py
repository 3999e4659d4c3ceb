"""The service with a secret of its start that the test knows (MARKED_SECRET), to look for it afterwards."""

import os
import secrets
import sys

from localhost.__main__ import main

SECRET_BYTES = 32

if __name__ == "__main__":
    token_hex = secrets.token_hex

    def marked(nbytes: int | None = None) -> str:
        return os.environ["MARKED_SECRET"] if nbytes == SECRET_BYTES else token_hex(nbytes)

    secrets.token_hex = marked
    sys.exit(main())

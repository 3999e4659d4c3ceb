"""`python -m localhost` as another deployment: the same people have other user ids there."""

import hashlib
import sys
from typing import Any

from localhost import __main__, sign_in

here = sign_in.principal


def principal(name: str) -> dict[str, Any]:
    who = here(name)
    return {**who, "userId": hashlib.sha256(f"elsewhere:{who['userId']}".encode()).hexdigest()[:32]}


if __name__ == "__main__":
    sign_in.principal = principal
    sys.exit(__main__.main())

"""`python -m localhost` whose storage lies in memory. On disk, Azurite writes all that it has anew every five seconds,
which costs more the longer tests run. What is to outlive its service runs `localhost` itself.
"""

import sys
from pathlib import Path

from localhost import azurite
from localhost.settings import Settings

KEEPS_EXTENTS = Path(__file__).with_name("azurite_keeps_extents.cjs")

on_disk = azurite.command


def command(settings: Settings) -> list[str]:
    words = on_disk(settings)
    place = words.index("--location")
    words[place : place + 2] = ["--inMemoryPersistence"]
    program = words.index(str(azurite.PROGRAM))
    words[program:program] = ["--require", str(KEEPS_EXTENTS)]
    return words


if __name__ == "__main__":
    # Not for those who only want to know the command: it imports the whole host.
    from localhost import __main__

    azurite.command = command
    sys.exit(__main__.main())

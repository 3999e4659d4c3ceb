"""`python -m localhost`: storage, functions and site on one loopback port, until Ctrl-C."""

import asyncio
import contextlib
import fcntl
import logging
import os
import secrets
import signal
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from localhost import app, settings, this_machine
from localhost.azurite import Azurite, listener
from localhost.errors import StartError
from localhost.host import SECONDS_TO_FINISH, Host
from localhost.invocation import Failed
from localhost.settings import Settings

# What Azure sets, and what stands in for a sign-in elsewhere: a shell may have some of it, and it is not true here.
NOT_HERE = ("WEBSITE_AUTH_ENABLED", "WEBSITE_SITE_NAME", "WEBSITE_INSTANCE_ID", "WEBSITE_POD_NAME", "DEVELOPER")
# Of what it writes, and of what Azurite writes, nobody else reads anything.
FOR_THE_OWNER_ALONE = 0o077


class Server(uvicorn.Server):
    """uvicorn, with this module's signal handling: Azurite must outlive the last request."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(config: Settings) -> None:
    begun = time.monotonic()
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    with contextlib.closing(listener(config.port)) as bound:
        async with contextlib.AsyncExitStack() as stack:
            arrived: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
            azurite = Azurite(config, on_message=lambda queue: arrived[queue].set())
            await stack.enter_async_context(azurite.running())
            secret = secrets.token_hex(32)
            for name in NOT_HERE:
                os.environ.pop(name, None)
            os.environ.update(config.for_functions(secret, os.environ))
            host = Host(config.app_dir, os.environ, arrived.__getitem__)
            if refusal := await host.http.refusal():
                raise StartError(refusal)
            await stack.enter_async_context(host.running())
            server = Server(
                uvicorn.Config(
                    app.build(config, host, secret),
                    lifespan="off",
                    ws="none",
                    log_config=None,
                    access_log=False,
                    server_header=False,
                    timeout_graceful_shutdown=int(SECONDS_TO_FINISH),
                )
            )
            serving = asyncio.create_task(server.serve(sockets=[bound]))
            stack.push_async_callback(_stop, server, serving)
            while not server.started and not serving.done():
                await asyncio.sleep(0.01)
            print(f"Ready at {config.address} ({time.monotonic() - begun:.1f} s). Ctrl-C stops it.", flush=True)
            telling = asyncio.create_task(_tell_token(config, host, secret))
            await stopping.wait()
            telling.cancel()
            print("Stopping.", flush=True)


async def _tell_token(config: Settings, host: Host, secret: str) -> None:
    """Prints what signs in the command line of this machine."""
    with contextlib.suppress(Failed, OSError):
        if token := await this_machine.token(host.http, config.data_dir, secret):
            print(f"Scripts: image-labeling login {config.address} --token {token}", flush=True)


async def _stop(server: Server, serving: "asyncio.Task[None]") -> None:
    server.should_exit = True
    await serving


@contextlib.contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """Two services on one data directory would each undo what the other does."""
    with (data_dir / "lock").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StartError(f"The service already runs with the data directory {data_dir}; stop it first.") from error
        yield


def main() -> int:
    os.umask(FOR_THE_OWNER_ALONE)
    app_dir = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    try:
        config = settings.read(os.environ, app_dir)
        logging.basicConfig(
            level=logging.INFO if config.verbose else logging.WARNING,
            format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        )
        # The SDK's own log of requests has their signatures in it.
        logging.getLogger("azure").setLevel(logging.WARNING)
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
        with _alone(config.data_dir):
            asyncio.run(serve(config))
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        print("The service did not start, for the reason above.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

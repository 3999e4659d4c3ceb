"""Azurite, the storage emulator: a child process that is there as long as the service is, and never longer.

Its data reach the disk when it ends by SIGTERM (and every five seconds), so it is never killed while it answers.
"""

import asyncio
import contextlib
import logging
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from azure.core.exceptions import AzureError
from azure.storage.blob import CorsRule
from azure.storage.blob.aio import BlobServiceClient

from localhost.errors import StartError
from localhost.settings import ACCOUNT, LOOPBACK, Settings

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / "azurite" / "dist" / "src" / "azurite.js"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30

log = logging.getLogger(__name__)


class Azurite:
    """`on_message` is called with the name of each queue that has a message to be received."""

    def __init__(self, settings: Settings, on_message: Callable[[str], None]) -> None:
        self._settings = settings
        self._on_message = on_message
        self._pid_file = settings.data_dir / "azurite.pid"
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Azurite, started, and started again should it die."""
        await self._start()
        keeper = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
            await self._stop()

    async def _start(self) -> None:
        settings = self._settings
        await asyncio.to_thread(end_orphan, self._pid_file)
        for port in (settings.blob_port, settings.queue_port, settings.table_port):
            listener(port).close()
        log_file = settings.data_dir / "azurite.log"
        told, tell = os.pipe()
        with log_file.open("wb") as output, os.fdopen(tell, "wb"):
            self._process = await asyncio.create_subprocess_exec(
                *command(settings),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                env={**environment(settings), "LOCALHOST_MESSAGES": str(tell)},
                pass_fds=(tell,),
                # Ctrl-C reaches a whole process group: the functions that still run need their storage.
                start_new_session=True,
            )
        self._listening = asyncio.create_task(self._listen(told))
        self._pid_file.write_text(str(self._process.pid), encoding="ascii")
        await self._until_it_answers(log_file)
        await self._let_the_site_in()

    async def _listen(self, told: int) -> None:
        """Until Azurite ends."""
        lines = asyncio.StreamReader()
        with os.fdopen(told, "rb") as pipe:
            await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), pipe)
            async for line in lines:
                self._on_message(line.decode().strip())

    async def _until_it_answers(self, log_file: Path) -> None:
        settings = self._settings
        deadline = time.monotonic() + SECONDS_TO_START
        # Azurite opens its ports one after the other; the table service is the last.
        for port in (settings.blob_port, settings.queue_port, settings.table_port):
            while not await _answers(port):
                if self._process is None or self._process.returncode is not None:
                    raise StartError(f"Azurite ended at its start; its own words are in {log_file}.")
                if time.monotonic() > deadline:
                    raise StartError(f"Azurite did not answer within {SECONDS_TO_START} s; see {log_file}.")
                await asyncio.sleep(0.05)

    async def _let_the_site_in(self) -> None:
        """CORS: the page puts uploads straight into storage, and reads images from there."""
        rule = CorsRule(
            list(self._settings.origins),
            ["GET", "HEAD", "PUT", "OPTIONS"],
            allowed_headers=["*"],
            exposed_headers=["*"],
            max_age_in_seconds=3600,
        )
        async with BlobServiceClient.from_connection_string(self._settings.data_storage) as client:
            await client.set_service_properties(cors=[rule])

    async def _keep(self) -> None:
        while self._process is not None:
            await self._process.wait()
            log.warning("Azurite ended by itself; starting it again.")
            try:
                await self._start()
            except (StartError, AzureError, OSError) as error:
                log.error("Azurite could not be started again: %s", error)  # noqa: TRY400
                await asyncio.sleep(2)

    async def _stop(self) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        try:
            async with asyncio.timeout(SECONDS_TO_STOP):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
        self._pid_file.unlink(missing_ok=True)


def command(settings: Settings) -> list[str]:
    node = shutil.which("node")
    if node is None or not PROGRAM.exists():
        raise StartError("Azurite is not installed: `make run` installs it.")
    return [
        *(node, "--require", str(HERE / "in-azurite.cjs"), str(PROGRAM)),
        *("--location", str(settings.data_dir / "azurite"), "--silent", "--disableTelemetry", "--skipApiVersionCheck"),
        *("--blobHost", LOOPBACK, "--blobPort", str(settings.blob_port)),
        *("--queueHost", LOOPBACK, "--queuePort", str(settings.queue_port)),
        *("--tableHost", LOOPBACK, "--tablePort", str(settings.table_port)),
    ]


def environment(settings: Settings) -> dict[str, str]:
    """Azurite's accounts: the service's own, and those that AZURITE_ACCOUNTS already names."""
    accounts = [f"{ACCOUNT}:{settings.account_key}", os.environ.get("AZURITE_ACCOUNTS", "")]
    return {**os.environ, "AZURITE_ACCOUNTS": ";".join(filter(None, accounts))}


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


def listener(port: int) -> socket.socket:
    """A socket bound to the port on loopback, or the sentence that says who has it."""
    # With the protocol named, asyncio switches Nagle's algorithm off: else every answer waits 40 ms for a late ACK.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((LOOPBACK, port))
    except OSError as error:
        bound.close()
        raise StartError(
            f"Port {port} is in use by another program: choose another, for example `PORT=8071 make run` "
            "(it and the three after it must be free)."
        ) from error
    return bound


def end_orphan(pid_file: Path) -> None:
    """End the Azurite that a killed run may have left behind with this data directory."""
    try:
        pid = int(pid_file.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return
    location = str(pid_file.parent / "azurite")
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + SECONDS_TO_STOP
        if _is_azurite(pid, location):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        while _is_azurite(pid, location) and time.monotonic() < deadline:
            time.sleep(0.05)
    pid_file.unlink(missing_ok=True)


def _is_azurite(pid: int, location: str) -> bool:
    """Whether the process is this directory's Azurite: its number may belong to a stranger by now."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
    except OSError:
        if Path("/proc/self").exists() or shutil.which("ps") is None:
            return False
        words = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
        command = subprocess.run(words, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return str(PROGRAM) in command and f"--location {location} " in command

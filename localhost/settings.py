"""What `make run` can be told (PORT, DATA_DIR, LOG), and what the functions are told in turn."""

import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from localhost import own_files
from localhost.errors import StartError

ACCOUNT = "devstoreaccount1"
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Settings:
    port: int
    data_dir: Path
    app_dir: Path
    account_key: str
    verbose: bool

    @property
    def origins(self) -> tuple[str, ...]:
        """The addresses that a browser on this machine may have opened the site by."""
        return tuple(f"http://{host}:{self.port}" for host in (LOOPBACK, "localhost", "[::1]"))

    @property
    def address(self) -> str:
        return self.origins[0]

    @property
    def blob_port(self) -> int:
        return self.port + 1

    @property
    def queue_port(self) -> int:
        return self.port + 2

    @property
    def table_port(self) -> int:
        return self.port + 3

    @property
    def blob_origin(self) -> str:
        return f"http://{LOOPBACK}:{self.blob_port}"

    @property
    def data_storage(self) -> str:
        return self.connection_string(ACCOUNT, self.account_key)

    def connection_string(self, account: str, key: str) -> str:
        endpoints = {"Blob": self.blob_port, "Queue": self.queue_port, "Table": self.table_port}
        return ";".join(
            [
                "DefaultEndpointsProtocol=http",
                f"AccountName={account}",
                f"AccountKey={key}",
                *(f"{service}Endpoint=http://{LOOPBACK}:{port}/{account}" for service, port in endpoints.items()),
            ]
        )

    def for_functions(self, secret: str, environment: Mapping[str, str]) -> dict[str, str]:
        """The app settings that Azure would hold. What is already set wins, but for what must fit this process."""
        defaults = {
            "ADMINISTRATORS": "administrator",
            "SECRETS_FILE": str(self.data_dir / "secrets.json"),
            "LOOPBACK_DATASTORES": "1",
            # Another way to Azurite, which stays the storage of the host itself.
            "DATA_STORAGE": self.data_storage,
        }
        return {
            **{name: environment.get(name, value) for name, value in defaults.items()},
            "AzureWebJobsStorage": self.data_storage,
            "LOCALHOST_SECRET": secret,
        }


def read(environment: Mapping[str, str], app_dir: Path) -> Settings:
    """Read the settings, and make the data directory, which only its owner may look into."""
    text = environment.get("PORT") or "7071"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65532:
        raise StartError(f"PORT must be a number from 1 to 65532 (the three after it are Azurite's), not {text!r}.")
    data_dir = Path(environment.get("DATA_DIR") or ".localdata").resolve()
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = _account_key(data_dir / "azurite.key")
    except OSError as error:
        raise StartError(f"The data directory {data_dir} cannot be used: {error.strerror}.") from error
    verbose = environment.get("LOG", "").lower() in {"debug", "info", "json"}
    return Settings(int(text), data_dir, app_dir, key, verbose)


def _account_key(file: Path) -> str:
    """A key of its own for each data directory: the emulator's known one would open it to any page or program."""
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        key = b64encode(secrets.token_bytes(64)).decode()
        own_files.write_new(file, key)
        return key

"""Secrets on one machine lie in a file that only its owner reads."""

import asyncio
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from azure.core.exceptions import ResourceNotFoundError

from functions.datastores.secrets import FileSecrets, VaultSecrets, new_secret_name


async def test_a_secret_is_found_again_by_another_process_and_gone_once_deleted(tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "secrets.json"
    await FileSecrets(str(file)).put("one", "sécret")
    await FileSecrets(str(file)).put("two", "other")
    assert await FileSecrets(str(file)).get("one") == "sécret"
    await FileSecrets(str(file)).delete("one")
    await FileSecrets(str(file)).delete("one")
    assert await FileSecrets(str(file)).get("one") is None
    assert await FileSecrets(str(file)).get("two") == "other"


def test_only_the_owner_can_read_the_file_and_nothing_else_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    file.write_text("{}")
    file.chmod(0o644)
    asyncio.run(FileSecrets(str(file)).put("one", "secret"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


async def test_secrets_put_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    secrets = FileSecrets(str(tmp_path / "secrets.json"))
    await asyncio.gather(*(secrets.put(f"name{n}", f"value{n}") for n in range(40)))
    assert json.loads((tmp_path / "secrets.json").read_text()) == {f"name{n}": f"value{n}" for n in range(40)}


def test_a_secrets_name_fits_key_vault_and_is_never_used_twice() -> None:
    names = {new_secret_name("A_b-" + "c" * 60) for _ in range(100)}
    assert len(names) == 100
    assert all(re.fullmatch(r"[0-9a-zA-Z-]{1,127}", name) for name in names)


class Vault:
    """Key Vault's client, as far as it is used."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.reads = 0

    async def set_secret(self, name: str, value: str) -> None:
        self.kept[name] = value

    async def get_secret(self, name: str) -> SimpleNamespace:
        self.reads += 1
        if name not in self.kept:
            raise ResourceNotFoundError("not there")
        return SimpleNamespace(value=self.kept[name])

    async def delete_secret(self, name: str) -> None:
        if self.kept.pop(name, None) is None:
            raise ResourceNotFoundError("not there")


async def test_key_vault_is_asked_once_for_a_secret_and_told_when_it_is_deleted() -> None:
    vault: Any = Vault()
    secrets = VaultSecrets(vault)
    assert await secrets.get("one") is None
    await secrets.put("one", "secret")
    assert [await secrets.get("one") for _ in range(3)] == ["secret"] * 3
    assert vault.reads == 2
    await secrets.delete("one")
    await secrets.delete("one")
    assert await secrets.get("one") is None

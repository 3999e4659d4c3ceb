"""What `azd deploy` does: the package of the function app, with what Azure installs for it, and the site."""

import json
import re
import zipfile
from collections import Counter

from tests.infra.azure import ROOT
from tests.infra.lock import complaints as lock_complaints
from tests.infra.packing import packed
from tests.infra.policy import resources
from tests.infra.test_settings import settings_given
from tests.rehearsal.provisioning import run_hook
from tests.rehearsal.stage import Failed, Stage, none_of

HERE = ROOT / "tests" / "rehearsal"
UV = str(ROOT / ".venv" / "bin" / "uv")
SWA = str(HERE / "node_modules" / ".bin" / "swa")
OFFLINE = {"NODE_OPTIONS": f'--require "{HERE / "offline.cjs"}"', "NO_UPDATE_NOTIFIER": "1"}
NEEDED = {"function_app.py", "host.json", "requirements.txt"}
# What lies around where somebody works, and must stay there.
STRAYS = (".env", "local.settings.json", ".localdata/secrets.json", "functions/__pycache__/api.pyc", "pyproject.toml")


def check_lock(stage: Stage) -> str:
    """The lock is what its ranges make, and Azure finds a wheel with the right hash for each pin."""
    none_of(lock_complaints(stage.folder))
    locked = (stage.folder / "requirements.txt").read_text("utf-8")
    # Of a file that is there, uv would keep the hashes too, right or wrong.
    versions, again = stage.scratch / "versions.txt", stage.scratch / "requirements.txt"
    versions.write_text("\n".join(_pins(locked)[0]), "utf-8")
    stage.run(
        *(UV, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
        *("--constraints", str(versions), "--output-file", str(again), "requirements.in"),
    )
    (pins, hashes), (wanted, known) = map(_pins, (locked, again.read_text("utf-8")))
    # Some packages get further files for a version long after its release.
    if pins != wanted or not hashes <= known:
        raise Failed("requirements.txt is not what requirements.in makes: run `make lock UPGRADE=1`")
    python = _python(stage)
    stage.run(
        *(UV, "pip", "install", "--dry-run", "--quiet", "--require-hashes", "--only-binary", ":all:"),
        *("--python-version", python, "--python-platform", "x86_64-manylinux_2_28"),
        *("--target", str(stage.scratch / "nowhere"), "--requirements", "requirements.txt"),
    )
    return f"made of its ranges; each pin has a wheel for Python {python} on Linux"


def pack(stage: Stage) -> str:
    """azd packs the function app; Azure unpacks it."""
    for name in STRAYS:
        (stage.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (stage.folder / name).touch()
    names = packed(stage.folder)
    sources = [path for path in stage.folder.glob("functions/**/*.*") if "__pycache__" not in path.parts]
    wanted = {*NEEDED, *(path.relative_to(stage.folder).as_posix() for path in sources)} - set(STRAYS)
    none_of([f"{name} is not packed" for name in sorted(wanted - set(names))])
    none_of([f"{name} is packed" for name in sorted(set(names) - wanted)])
    file = stage.scratch / "package.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            package.write(stage.folder / name, name)
    with zipfile.ZipFile(file) as package:
        package.extractall(stage.package)
    return f"{len(names)} files, {file.stat().st_size / 1e6:.1f} MB"


def install(stage: Stage) -> str:
    """Azure installs what the package names, into an empty environment."""
    app = stage.tools / "app"
    stage.run(UV, "venv", "--quiet", "--allow-existing", "--python", str(ROOT / ".venv" / "bin" / "python"), str(app))
    stage.run(
        *(UV, "pip", "sync", "--quiet", "--require-hashes", "--python", str(app / "bin" / "python")),
        str(stage.package / "requirements.txt"),
    )
    return f"{len(list(app.glob('lib/python*/site-packages/*.dist-info')))} packages, and no other"


def index(stage: Stage) -> str:
    """The platform's own library finds the functions in the package, by what the templates set."""
    told = stage.run(*worker_host(stage), folder=stage.package, settings=app_settings(stage))
    kinds = Counter(json.loads(told.splitlines()[-1]).values())
    if set(kinds) != {"httpTrigger", "queueTrigger", "timerTrigger"}:
        raise Failed(f"the package has functions of these kinds only: {dict(kinds)}")
    return ", ".join(f"{number} of {kind}" for kind, number in sorted(kinds.items()))


def build_site(stage: Stage) -> str:
    """As the CLI that azd calls builds it, with the packages of the same lock, which make has installed already."""
    site = stage.folder / "static_site"
    config = json.loads((site / "swa-cli.config.json").read_text("utf-8"))
    install, _, build = config["configurations"]["site"]["appBuildCommand"].partition(" && ")
    if not install.startswith("npm ci ") or not build:
        raise Failed(
            "appBuildCommand in swa-cli.config.json does not install the locked packages (npm ci) and then build"
        )
    (site / "node_modules").symlink_to(ROOT / "static_site" / "node_modules")
    stage.run("sh", "-c", build, folder=site)
    if not (site / "dist" / "staticwebapp.config.json").is_file():
        raise Failed("the build leaves no dist/staticwebapp.config.json: the site would be deployed without its rules")
    return f"{sum(path.is_file() for path in (site / 'dist').rglob('*'))} files"


def fill_site_config(stage: Stage) -> str:
    return run_hook(stage, "predeploy", "site")


def deploy_site(stage: Stage) -> str:
    """azd names no environment to the CLI, whose own default is a preview. When it has said where it deploys to, the
    CLI loads the program that uploads, and fails here.
    """
    told = stage.run(
        *(SWA, "deploy", "--dry-run", "--tenant-id", "t", "--subscription-id", "s", "--resource-group", "rg-one"),
        *("--app-name", "stapp-one", "--no-use-keychain", "--deployment-token", "none"),
        folder=stage.folder / "static_site",
        settings=OFFLINE,
        may_fail=True,
    )
    found = re.search(r"Deploying to environment: (\S+)", re.sub(r"\x1b\[[\d;]*m", "", told))
    if found is None or found[1] != "production":
        where = found[1] if found else "nowhere"
        raise Failed(
            f'the site goes to {where}, which the templates forbid: "env": "production" in swa-cli.config.json'
        )
    return "to production"


def app_settings(stage: Stage) -> dict[str, str]:
    """The settings of the function app: the templates', with storage on this machine, and the platform's own."""
    settings = {"WEBSITE_AUTH_ENABLED": "True", "KEY_VAULT_URI": "https://kv-one.vault.azure.net/"}
    for name, value in settings_given(stage.folder / "infra").items():
        parameter = re.fullmatch(r"(?:string\()?(\w+)\)?", value)
        if parameter and parameter[1] in stage.parameters:
            settings[name] = str(stage.parameters[parameter[1]])
    return {**settings, "DATA_STORAGE": stage.data_storage or "UseDevelopmentStorage=true"}


def worker_host(stage: Stage) -> list[str]:
    python = str(stage.tools / "app" / "bin" / "python")
    return [python, str(HERE / "worker_host.py"), str(stage.package), str(stage.tools / "worker")]


def _python(stage: Stage) -> str:
    """The Python of the function app."""
    bodies = [body for _, one, body in resources(stage.folder / "infra") if one.type == "Microsoft.Web/sites"]
    return str(bodies[0]["properties"]["functionAppConfig"]["runtime"]["version"])


def _pins(text: str) -> tuple[set[str], set[str]]:
    """The versions with their conditions, and the hashes."""
    return set(re.findall(r"^\w.*?(?= \\$)", text, re.MULTILINE)), set(re.findall(r"--hash=(\S+)", text))

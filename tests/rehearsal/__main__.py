"""Goes through the steps of `azd up` in azd's order, one line each, up to the first that fails."""

import sys
import tempfile
import time
from pathlib import Path

from tests.rehearsal import deploying, provisioning, visiting
from tests.rehearsal.stage import Failed, Step, set_stage

STEPS: tuple[tuple[str, Step], ...] = (
    ("azd reads the project", provisioning.read_project),
    ("the templates", provisioning.check_templates),
    ("azd asks for what it lacks", provisioning.ask_nothing),
    ("the hook before provisioning", provisioning.before),
    ("provisioning", provisioning.provision),
    ("the hook after provisioning", provisioning.after),
    ("the lock of Python packages", deploying.check_lock),
    ("azd packs the function app", deploying.pack),
    ("Azure installs its packages", deploying.install),
    ("Azure finds its functions", deploying.index),
    ("azd builds the site", deploying.build_site),
    ("the hook before the site", deploying.fill_site_config),
    ("azd deploys the site", deploying.deploy_site),
    ("the site and its functions run", visiting.start),
    ("the hook after deployment", visiting.check_deployment),
    ("people sign in", visiting.sign_in),
    ("the functions are called", visiting.call_functions),
    ("a later azd up", provisioning.later),
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as scratch:
        stage = set_stage(Path(scratch))
        with stage.running:
            for name, step in STEPS:
                begun = time.monotonic()
                try:
                    told = step(stage)
                except Failed as error:
                    print(f"FAILED  {name}:\n{error}", file=sys.stderr)
                    sys.exit(1)
                print(f"passed  {name}: {told} ({time.monotonic() - begun:.0f} s)", flush=True)


if __name__ == "__main__":
    main()

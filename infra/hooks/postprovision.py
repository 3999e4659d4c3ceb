"""After provisioning: the site's sign-in is set up, and the deployment of the functions waits until it is allowed."""

from infra.hooks.access import wait_for_storage
from infra.hooks.sign_in import set_up_sign_in
from infra.hooks.tools import main, values


def finish() -> None:
    set_up_sign_in()
    wait_for_storage(values())


if __name__ == "__main__":
    main(finish)

"""Files for a Debian server: systemd units, nginx, the environment. Written for an administrator to read and install."""

from sabaq.ops.deployment.files import Site, deployment_files

__all__ = ["Site", "deployment_files"]

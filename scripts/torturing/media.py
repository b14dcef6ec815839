"""Separate file systems, small or read-only, if the machine permits mounting."""

import os
import subprocess
import sys
import tempfile

from . import world


def mount(folder, options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True, capture_output=True)


def remount(folder, options):
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True, capture_output=True)


def unmount(folder):
    subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def fill(path, leave):
    with open(path, "wb", buffering=0) as file:
        try:
            while file.write(bytes(65536)) == 65536:
                pass
            while file.write(bytes(512)):
                pass
        except OSError:
            pass
    size = path.stat().st_size
    os.truncate(path, max(0, size - leave))


def can_mount():
    folder = tempfile.mkdtemp(dir=world.scratch)
    try:
        mount(folder, "size=64k")
        unmount(folder)
        return True
    except (OSError, subprocess.CalledProcessError):
        return False


def enter_namespace():
    """Restarts this program in a namespace where it may mount, invisible to other programs."""
    if os.environ.get("QUIRE_TORTURE_NAMESPACE"):
        return
    for options in (["-m"], ["-rm"]):
        command = ["unshare", *options, "--propagation", "private"]
        try:
            if subprocess.run([*command, "true"], capture_output=True).returncode == 0:
                os.environ["QUIRE_TORTURE_NAMESPACE"] = "1"
                os.execvp(command[0], [*command, sys.executable, os.path.abspath(sys.argv[0]), *sys.argv[1:]])
        except OSError:
            return

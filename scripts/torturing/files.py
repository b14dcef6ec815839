"""Faults of the disk: no space, no write permission, flipped bits.

Each fault returns how often it was applied, and a remark for the summary."""

import os
import re
import shutil
import time
from pathlib import Path

from . import world
from .cases import Case, MIDDLE, SHORT, check_file, fingerprint, need, reference, rounds
from .media import fill, mount, remount, unmount


def full_disk(count, end):
    """A disk that fills up, at a different point each time."""
    sizes = [int(20_000 * 1.5**i) for i in range(12)]
    statuses, done = set(), 0

    def end_badly(case, process):
        said = case.end(process, None)
        need(case.status in (0, 1, 2), f"exit status {case.status}: {said[-600:]}")
        worded = re.search(r"No space left|File too large|cannot write|cannot save|is free", said)
        # If everything fitted, there is nothing to report.
        need(worded or case.status == 0, f"does not say that the disk is full: {said[-600:]}")
        case.check_whole()
        statuses.add(case.status)

    for turn in rounds(count, end):
        case, size = Case(), sizes[turn % len(sizes)]
        if world.mounts:
            case.output.mkdir()
            mount(case.output, f"size={size * 4}")
        end_badly(case, case.start(None if world.mounts else size))
        if world.mounts:
            remount(case.output, "size=8m")
        (case.output / "filler").unlink(missing_ok=True)
        case.run()
        case.expect_results_of(reference())
        # Old results, and no disk space for new ones.
        before = case.content()
        case.arguments[3] = f"epochs={SHORT + 2}"
        if world.mounts:
            fill(case.output / "filler", leave=world.chance.randrange(0, 60_000))
            end_badly(case, case.start())
            (case.output / "filler").unlink()
        else:
            end_badly(case, case.start(world.chance.randrange(1, 16) * 512))
        if case.status == 2:
            need(case.content() == before, "old results changed though nothing was run")
        case.run()
        case.expect_results_of(reference(SHORT + 2))
        done += 2
        if world.mounts:
            # And a disk that another program fills during a training.
            case.arguments[3] = f"epochs={MIDDLE}"
            process = case.start()
            case.wait_for_epoch(process, world.chance.randrange(SHORT + 3, MIDDLE - 20))
            fill(case.output / "filler", leave=world.chance.randrange(0, 60_000))
            end_badly(case, process)
            (case.output / "filler").unlink()
            case.run()
            case.expect_results_of(reference(MIDDLE))
            unmount(case.output)
            done += 1
    return done, ("a file system of a few kB" if world.mounts else "a limit on files' sizes") + \
        f"; exit statuses {', '.join(map(str, sorted(statuses)))}"


def read_only(count, end):
    """Results on a read-only medium."""
    if not world.mounts:
        return 0, "needs the right to mount"
    for turn in rounds(count, end):
        case = Case()
        case.output.mkdir()
        mount(case.output, "size=64m")
        if turn % 2 == 0:
            case.run()
        before = fingerprint(case.output)
        remount(case.output, "ro")
        said = case.run(expected=2)
        need("Read-only file system" in said, f"does not say so: {said}")
        need(fingerprint(case.output) == before, "something changed")
        remount(case.output, "rw")
        case.run()
        case.expect_results_of(reference())
        unmount(case.output)
    return turn, "exit status 2"


def flip(count, end):
    """A flipped bit in each file of the store in turn, after a finished and after a killed run."""
    ended = Case()
    ended.run()
    killed = Case(MIDDLE)
    process = killed.start()
    killed.wait_for_epoch(process, 20)
    process.kill()
    process.wait()
    done = said = 0
    for case, whole, is_ended in [(ended, reference(), True), (killed, reference(MIDDLE), False)]:
        files = [p for p in sorted(case.store.rglob("*")) if p.is_file() and p.stat().st_size]
        world.chance.shuffle(files)
        newest = max((p for p in files if "/training/" in str(p)), key=lambda p: p.stat().st_mtime_ns)
        files.sort(key=lambda p: p != newest)
        for turn in rounds(count, end):
            if turn > len(files):
                break
            file = files[turn - 1]
            other = case.copy()
            name = file.relative_to(case.store)
            damaged = other.store / name
            data = bytearray(damaged.read_bytes())
            bit = world.chance.randrange(8 * len(data))
            data[bit // 8] ^= 1 << bit % 8
            stamp = damaged.stat()
            damaged.write_bytes(data)
            os.utime(damaged, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
            if is_ended:
                # Without the results, the run has to restore them from the store.
                shutil.rmtree(other.results)
            words = other.run()
            said += "is damaged" in words
            # Data that is not needed is not read: blobs of values, states of a training whose step is cached.
            if name.parts[1] == "step" or name.parts[1] == "notebook":
                need("is damaged" in words, f"nothing was said of {name}")
            if file == newest and not is_ended:
                # If the bit is in the header, it is unknown which state was newer.
                went_back = "using the previous state" in words or "using the other saved state" in words
                need(went_back and "Resumed" in words, words)
            other.expect_results_of(whole)
            shutil.rmtree(other.folder)
            done += 1
    return done, f"{said} found and said, the others in files that were not needed"


def not_finite(count, end):
    """A loss that turns NaN."""
    for turn in rounds(count, end):
        step = world.chance.randrange(8, 40)
        case = Case(schedule=f".custom {{ step in step < {step} ? 0.01 : 1e30 }}")
        said = case.run(expected=1)
        need(re.search(r"n\.md:\d+:\d+: error: .*loss is not finite", said), f"not said where: {said[-900:]}")
        case.check_whole()
        checkpoint = re.search(r"the last good weights are in (\S+\.safetensors)", said)
        need(checkpoint, f"not said what is left: {said[-900:]}")
        left = next(p for p in (case.folder / checkpoint[1], Path(checkpoint[1])) if p.exists())
        check_file("left.safetensors", left.read_bytes())
        case.notebook.write_text(case.notebook.read_text().replace("1e30", "0.01"))
        case.run()
        whole = Case(schedule=f".custom {{ step in step < {step} ? 0.01 : 0.01 }}")
        whole.run()
        case.expect_results_of(whole)
    return turn, "exit status 1"

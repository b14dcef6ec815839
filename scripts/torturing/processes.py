"""Faults of the process: kills, signals, concurrent runs, concurrent readers.

Each fault returns how often it was applied, and a remark for the summary."""

import shutil
import signal
import threading
import time

from . import world
from .cases import Case, LONG, Lost, MIDDLE, need, reference, rounds


def kill(count, end):
    """SIGKILL at random moments of one run, which is resumed 200 times.

    Delays are even between 0 and what the start takes and an eighth of a second: early kills hit the start, later
    ones batches and the states that are kept of every second of them.
    """
    case = Case(LONG)
    start = duration_of_start()
    done = 0
    while done < count and (done < 10 or time.monotonic() < end):
        process = case.start()
        time.sleep(world.chance.uniform(0, start + 0.125))
        need(process.poll() is None, f"a run ended by itself: {case.said()[-600:]}")
        process.kill()
        process.wait()
        need("rror:" not in case.said() and "damaged" not in case.said(), case.said()[-600:])
        case.check_whole()
        done += 1
    # More epochs than it has reached, to check the end of the run too: the file is written less often than epochs end.
    lines = (case.results / "history.csv").read_text().count("\n")
    epochs = lines + 100
    case.arguments[3] = f"epochs={epochs}"
    said = case.run()
    need(lines < 3 or "Resumed" in said, f"did not resume: {said[:600]}")
    case.expect_results_of(reference(epochs))
    return done, f"{lines - 1} epochs came of them, and {len(case.files())} files"


def kill_anywhere(count, end):
    """SIGKILL at moments spread evenly over a whole run until it ends; then over the next run, from the start."""
    whole = reference(MIDDLE)
    begin = time.monotonic()
    Case(MIDDLE).run()
    length = time.monotonic() - begin
    case, done, rounds = Case(MIDDLE), 0, 0
    while done < count and (done < 10 or time.monotonic() < end):
        process = case.start()
        time.sleep(world.chance.uniform(0, length))
        process.kill()
        if process.wait() == -signal.SIGKILL:
            done += 1
            need("rror:" not in case.said() and "damaged" not in case.said(), case.said()[-600:])
            case.check_whole()
        else:
            need(process.returncode == 0, case.said()[-600:])
            case.expect_results_of(whole)
            shutil.rmtree(case.folder)
            case, rounds = Case(MIDDLE), rounds + 1
    case.run()
    case.expect_results_of(whole)
    return done, f"{rounds + 1} runs ended"


def duration_of_start():
    """The time until the first epoch of the long run ends, in seconds."""
    case = Case(LONG)
    begin = time.monotonic()
    process = case.start()
    case.wait_for_epoch(process)
    taken = time.monotonic() - begin
    process.kill()
    process.wait()
    return taken


def stop(count, end):
    """SIGINT, SIGTERM and SIGHUP during a training."""
    times = {signal.SIGINT: [], signal.SIGTERM: [], signal.SIGHUP: []}
    for turn in rounds(count, end):
        for number, status in [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]:
            case = Case(MIDDLE)
            process = case.start()
            case.wait_for_epoch(process, world.chance.randrange(1, 30))
            begin = time.monotonic()
            process.send_signal(number)
            case.end(process, status)
            times[number].append(time.monotonic() - begin)
            case.check_whole()
            need("Interrupted" in (case.output / "n.html").read_text(), "the report does not say so")
            case.run()
            case.expect_results_of(reference(MIDDLE))
    # The fastest of each counts, since other programs may be running.
    fastest = max(min(taken) for taken in times.values())
    need(fastest < 2, f"took {fastest:.1f} s to end")
    return 3 * turn, f"ended after {fastest:.2f} s, the slowest after {max(map(max, times.values())):.2f} s"


def stop_twice(count, end):
    """A second SIGINT immediately after the first."""
    times = []
    for turn in rounds(count, end):
        case = Case(MIDDLE)
        process = case.start()
        case.wait_for_epoch(process, world.chance.randrange(1, 30))
        process.send_signal(signal.SIGINT)
        time.sleep(0.0005)
        process.send_signal(signal.SIGINT)
        begin = time.monotonic()
        case.end(process, 130)
        times.append(time.monotonic() - begin)
        case.check_whole()
        case.run()
        case.expect_results_of(reference(MIDDLE))
    return turn, f"ended after {min(times) * 1000:.0f} to {max(times) * 1000:.0f} ms"


def two_runs(count, end):
    """Two runs of one notebook at once; two notebooks at once in one folder."""
    for turn in rounds(count, end):
        case = Case(MIDDLE)
        process = case.start()
        case.wait_for_epoch(process)
        second = Case(MIDDLE, folder=case.folder)
        said = second.run(expected=2)
        need("another run of this notebook" in said, f"not turned away: {said}")
        case.end(process)
        case.expect_results_of(reference(MIDDLE))
        other = Case(MIDDLE, folder=case.folder, name="m")
        shutil.rmtree(case.output)
        processes = case.start(), other.start()
        case.end(processes[0])
        other.end(processes[1])
        case.expect_results_of(reference(MIDDLE))
        other.expect_results_of(reference(MIDDLE, name="m"))
    return 2 * turn, "the second turned away with 2"


def readers(count, end):
    """A process that reads the results continuously."""
    case, reads, problems = Case(MIDDLE), 0, []
    over = threading.Event()

    def read():
        nonlocal reads
        while not over.is_set():
            try:
                case.check_whole()
            except Lost as lost:
                problems.append(lost)
            except OSError:
                pass  # the folder is being made
            reads += 1

    for turn in rounds(count, end):
        shutil.rmtree(case.output, ignore_errors=True)
        over.clear()
        reader = threading.Thread(target=read)
        reader.start()
        case.run()
        over.set()
        reader.join()
        need(not problems, problems and str(problems[0]))
        case.expect_results_of(reference(MIDDLE))
    return turn, f"every file read {reads} times"

"""The reports that scripts/test-page looks at."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = ROOT / "scripts/browser/notebooks"


@dataclass(frozen=True)
class Report:
    notebook: Path
    pages: int  # the maximum number of printed pages
    arguments: tuple = ()
    status: int = 0  # the exit status of the run


REPORTS = [
    Report(ROOT / "notebooks/quickstart.md", 10, ("-p", "epochs=2")),
    Report(OWN / "words.md", 14),  # long words, lines and logs; no figures
    Report(OWN / "classes.md", 8),  # 100 classes
    Report(OWN / "rtl.md", 2),  # right-to-left text
    Report(OWN / "failed.md", 3, status=1),  # ends with an error
]


def render(quire, output, report):
    """Runs a notebook; returns the path of its report and problems in words."""
    command = [quire, "run", str(report.notebook), "--quiet", "--threads", "1", "--output", str(output)]
    done = subprocess.run([*command, *report.arguments], cwd=output, capture_output=True, text=True, check=False)
    path = output / f"{report.notebook.stem}.html"
    if done.returncode == report.status:
        return path, []
    return path, [f"{report.notebook.name}: exit status {done.returncode} instead of {report.status}\n{done.stderr}"]

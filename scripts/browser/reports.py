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
    command: str = "run"

    @property
    def page(self):
        return f"{self.notebook.stem}{'-sweep' if self.command == 'sweep' else ''}.html"


REPORTS = [
    Report(ROOT / "notebooks/quickstart.md", 10, ("-p", "epochs=2")),
    Report(OWN / "words.md", 14),  # long words, lines and logs; no figures
    Report(OWN / "classes.md", 8),  # 100 classes
    Report(OWN / "rtl.md", 2),  # right-to-left text
    Report(OWN / "failed.md", 3, status=1),  # ends with an error
    Report(OWN / "swept.md", 4, ("-p", "lr=0.001,0.1", "-p", "name=a,b"), command="sweep"),
]


def render(quire, output, report):
    """Runs a notebook; returns the path of its report and problems in words."""
    command = [quire, report.command, str(report.notebook), "--quiet", "--threads", "1", "--output", str(output)]
    done = subprocess.run([*command, *report.arguments], cwd=output, capture_output=True, text=True, check=False)
    path = output / report.page
    if done.returncode == report.status:
        return path, []
    return path, [f"{report.notebook.name}: exit status {done.returncode} instead of {report.status}\n{done.stderr}"]

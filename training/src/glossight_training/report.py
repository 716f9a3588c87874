"""Table of finished runs as Markdown: ``python -m glossight_training.report [--write FILE] RUN ...``.

Scores are on the choosing sets only: SemEval-2007 and the choosing half of the held-out documents.
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any

from glossight_training.files import write_atomic

COLUMNS = (
    ("SemEval-2007", "semeval2007", "all"),
    ("SemCor", "semcor-choose", "all"),
    ("noun", "semcor-choose", "noun"),
    ("verb", "semcor-choose", "verb"),
    ("adj", "semcor-choose", "adj"),
    ("adv", "semcor-choose", "adv"),
    ("polysemous", "semcor-choose", "polysemous"),
    ("unseen", "semcor-choose", "unseen"),
    ("wide", "semcor-choose", "wide"),
    ("MASC", "masc-choose", "all"),
    ("unseen", "masc-choose", "unseen"),
)


def rows(run: Path) -> list[list[str]]:
    """One row for each kind of sense vectors that the run was scored with."""
    scores: dict[str, dict[str, dict[str, float]]] = json.loads((run / "scores.json").read_text("utf-8"))
    log: list[dict[str, Any]] = [json.loads(line) for line in (run / "log.jsonl").read_text("utf-8").splitlines()]
    # A resumed run counts from 0 again.
    seconds = sum(
        one["seconds"] for one, after in zip(log, [*log[1:], None], strict=True) if after is None or "started" in after
    )
    made = []
    for kind, sets in scores.items():
        cells = [f"{sets[name][group]:.1f}" if group in sets[name] else "-" for _, name, group in COLUMNS]
        made.append([run.name, kind, *cells, f"{seconds / 60:.0f}"])
    return made


def table(runs: list[Path]) -> str:
    """All runs, in the order given."""
    header = ["run", "sense vectors", *(title for title, _, _ in COLUMNS), "CPU minutes"]
    return markdown_table(header, [row for run in runs for row in rows(run)], texts=2)


def markdown_table(header: list[str], cells: list[list[str]], texts: int) -> str:
    """A table whose first ``texts`` columns are text, the others numbers."""
    lines = [header, ["---"] * texts + ["--:"] * (len(header) - texts), *cells]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def write_table(file: Path, name: str, made: str, stamp: str) -> None:
    """Replace what stands between the markers of a table in a document.

    The opening marker gets the ``stamp``: the encoder that the figures are of, or ``model:none`` where no model changes
    them. A test of the extension compares it with what ships.
    """
    document = file.read_text("utf-8")
    opening, closing = re.search(f"<!-- table:{name}( [^>]*)? -->", document), f"<!-- /table:{name} -->"
    if not opening or closing not in document[opening.end() :]:
        raise SystemExit(f"{file} has no markers for the table of {name}.")
    before, after = document[: opening.start()], document[document.index(closing) :]
    write_atomic(file, f"{before}<!-- table:{name} {stamp} -->\n\n{made}\n{after}".encode())


def main(arguments: list[str] | None = None) -> None:
    """Command line of the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN", help="folder of a finished run")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table between the markers of this document")
    options = parser.parse_args(arguments)
    made = table(options.runs)
    print(made, end="")
    if options.write is not None:
        write_table(options.write, "runs", made, "model:none")


if __name__ == "__main__":
    main()

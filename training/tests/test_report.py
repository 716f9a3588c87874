import json
from pathlib import Path

import pytest

from glossight_training.report import COLUMNS, table, write_table


def test_a_row_for_each_kind_of_vectors_and_the_time_of_all_parts_of_a_run(tmp_path: Path) -> None:
    run = tmp_path / "mine"
    run.mkdir()
    sets = {name: {"all": 70.04, "noun": 71.25} for _, name, _ in COLUMNS}
    (run / "scores.json").write_text(json.dumps({"trained": sets, "averages": sets}))
    log = [{"started": "then", "seconds": 5}, {"seconds": 100}, {"started": "later", "seconds": 4}, {"seconds": 200}]
    (run / "log.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in log))
    lines = table([run]).splitlines()
    assert len(lines) == 4
    assert len({line.count("|") for line in lines}) == 1
    assert lines[2].startswith("| mine | trained | 70.0 | 70.0 | 71.2 | - |")
    assert lines[3].startswith("| mine | averages |")
    assert lines[3].endswith("| 5 |")


def test_the_table_takes_its_place_in_a_document_and_nothing_else_changes(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- table:runs -->\nold\n<!-- /table:runs -->\nafter\n")
    write_table(page, "runs", "| new |\n", "model:none")
    assert page.read_text() == "before\n<!-- table:runs model:none -->\n\n| new |\n\n<!-- /table:runs -->\nafter\n"
    page.write_text("no markers\n")
    with pytest.raises(SystemExit, match="no markers"):
        write_table(page, "runs", "| new |\n", "model:none")
    assert page.read_text() == "no markers\n"

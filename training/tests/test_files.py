import json
from pathlib import Path

import numpy as np
import pytest

from glossight_training.files import sha256, write_atomic
from glossight_training.parity import agreement, texts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("manifest", ["model/encoder/encoder.json", "test/fixtures/parity/manifest.json"])
def test_manifest_describes_its_files(manifest: str) -> None:
    path = ROOT / manifest
    if not path.exists():
        pytest.skip(f"{manifest} has not been built")
    for name, described in json.loads(path.read_text("utf-8"))["files"].items():
        data = (path.parent / name).read_bytes()
        assert described == {"bytes": len(data), "sha256": sha256(data)}


def test_fixture_agrees_with_its_text() -> None:
    folder = ROOT / "test/fixtures/parity"
    if not folder.exists():
        pytest.skip("the parity fixture has not been built")
    sentences = json.loads((folder / "sentences.json").read_text("utf-8"))
    assert [sentence["text"] for sentence in sentences] == texts()
    pieces = sum(len(sentence["pieces"]) for sentence in sentences)
    assert np.fromfile(folder / "vectors-mean4.f16", "<f2").size == pieces * 384


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "new" / "file"
    write_atomic(target, b"old")

    def fail(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomic(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in target.parent.iterdir()] == ["file"]


def test_agreement_is_the_cosine_by_row() -> None:
    found = agreement(np.array([[2, 0], [0, 3]], np.float32), np.array([[1, 0], [1, 1]], np.float32))
    assert found.mean == pytest.approx((1 + 0.5**0.5) / 2)
    assert found.least == pytest.approx(0.5**0.5)

import json
from pathlib import Path

import numpy as np
import pytest
from conftest import Tiny, random_bert
from test_graph import SENTENCES, reference

from glossight_training.anisotropy import (
    contributions,
    decimal,
    encode,
    forms_of,
    layer_outputs,
    main,
    measure,
    standardise,
    table,
)
from glossight_training.corpus import Instance, Window
from glossight_training.graph import build


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def test_the_mean_is_over_all_pairs_of_different_words() -> None:
    vectors = np.random.default_rng(1).standard_normal((7, 5)).astype(np.float32) + 1
    forms = [(1,), (2,), (1,), (3, 4), (2,), (1,), (5,)]
    pairs = [cosine(vectors[i], vectors[j]) for i in range(7) for j in range(7) if i != j and forms[i] != forms[j]]
    assert contributions(vectors, forms).sum() == pytest.approx(np.mean(pairs), abs=1e-6)
    with pytest.raises(ValueError, match="different forms"):
        contributions(vectors[:2], [(1,), (1,)])


def test_a_rogue_dimension_is_found_and_standardised_away() -> None:
    vectors = np.random.default_rng(2).standard_normal((400, 16)).astype(np.float32)
    vectors[:, 3] += 6
    vectors[:, 5] = 0  # dead
    found = measure("1", vectors, [(i,) for i in range(400)])
    assert found.raw > 0.5
    assert abs(found.standardised) < 0.02
    assert found.top.dimension == 3
    assert found.top.share > 0.9
    assert found.rogue == (found.top,)
    assert not standardise(vectors)[:, 5].any()
    assert "| 1 | 0." in table([found])


def test_figures_have_three_places_and_no_negative_zero() -> None:
    assert [decimal(value) for value in (0.0584, -0.0004, -0.0126)] == ["0.058", "0.000", "\N{MINUS SIGN}0.013"]


def test_layers_are_those_of_the_network_and_a_word_is_the_mean_of_its_pieces(tiny: Tiny) -> None:
    ids = SENTENCES[0]
    windows = [Window(np.array(ids), (Instance(1, 2, 0, 1, ()), Instance(3, 5, 0, 1, ())))]
    found = encode(build(tiny.config, tiny.tensors, quantised=False), windows)
    assert list(found) == [str(layer) for layer in range(tiny.config.layers + 1)] + ["mean4"]
    wanted = reference(tiny, ids)
    for layer, name in ((str(tiny.config.layers), "last"), ("mean4", "mean4")):
        np.testing.assert_allclose(found[layer][0], wanted[name][1], atol=2e-5)
        np.testing.assert_allclose(found[layer][1], wanted[name][3:5].mean(0), atol=2e-5)
    assert forms_of(windows) == [(ids[1],), (ids[3], ids[4])]


def test_a_trained_encoder_has_its_map_too(tiny: Tiny) -> None:
    size = tiny.config.hidden
    mapped = {"weight": np.eye(size, dtype=np.float32), "bias": np.ones(size, np.float32)}
    model = build(tiny.config, tiny.tensors, quantised=False, mapped=mapped)
    assert list(layer_outputs(model))[-2:] == ["mean4", "map"]
    found = encode(model, [Window(np.array(SENTENCES[1]), (Instance(1, 2, 0, 1, ()),))])
    np.testing.assert_allclose(found["map"], found["mean4"] + 1, atol=1e-5)


def test_the_command_writes_figures_and_tables(tmp_path: Path) -> None:
    bert = random_bert(layers=2, vocabulary=50, positions=24)
    mapped = {"weight": np.eye(32, dtype=np.float32), "bias": np.zeros(32, np.float32)}
    for name, kind in (("untrained", None), ("trained", mapped)):
        folder = tmp_path / name
        folder.mkdir()
        model = build(bert.config, bert.tensors, mapped=kind)
        (folder / "encoder.onnx").write_bytes(model.SerializeToString())
        manifest = {"version": 1, "name": name, "files": {"encoder.onnx": {"sha256": "0123456789abcdef0123"}}}
        (folder / "encoder.json").write_text(json.dumps(manifest))
    (tmp_path / "manifest.json").write_text('{"format": "glossight-training-set", "version": 2}')
    lines = [{"pieces": ids, "instances": [[1, 2, 0, 1, [0], 0, []]]} for ids in SENTENCES]
    (tmp_path / "semcor-choose.0.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    page = tmp_path / "page.md"
    page.write_text(
        "".join(f"<!-- table:{n} -->\n<!-- /table:{n} -->\n" for n in ("untrained", "trained", "published"))
    )
    folders = [f"--{name}={tmp_path / name}" for name in ("untrained", "trained")]
    main([f"--set={tmp_path}", *folders, f"--out={tmp_path / 'figures.json'}", f"--write={page}"])
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures["words"] == 3
    untrained, trained = figures["encoders"]
    assert untrained["id"] == "untrained@0123456789abcdef"
    assert [layer["layer"] for layer in trained["layers"]] == ["0", "1", "2", "mean4", "map"]
    assert page.read_text().count("| mean of the last four |") == 2
    assert "| BERT-base, raw | 0.105 |" in page.read_text()

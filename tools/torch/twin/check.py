"""Holds this project against the studio: strict loading, features of the example bars within 1e-5, answers within 2e-5. Exit 1 where one fails."""

import sys

import numpy
import torch

import safetensors_io
from data import gather, prepare, read_bars
from features import WARM_UP, scaled_features
from project import HERE, load_config, load_model

FEATURES_WITHIN, ANSWERS_WITHIN = 1e-5, 2e-5


def check_examples(config, model):
    examples, _ = safetensors_io.load(HERE / "examples.safetensors")
    bars = read_bars(HERE / "example_bars.csv")
    rows = examples["example.barRow"].astype(int) - WARM_UP
    windows = gather(scaled_features(bars, config["features"], config["scaler"]), rows, config["sequenceLength"])
    with torch.no_grad():
        logits, returns, _ = model(torch.from_numpy(windows))
    largest = lambda ours, theirs: float(abs(ours - theirs).max())
    features = largest(windows, examples["example.input"])
    answers = max(largest(logits.numpy(), examples["example.logits"]), largest(returns.numpy(), examples["example.return"]))
    print(f"{len(rows)} example windows: features differ by {features:.2e} at most, answers by {answers:.2e}")
    return features <= FEATURES_WITHIN and answers <= ANSWERS_WITHIN


def check_data(config):
    """Where bars.csv is here: as many windows of each class and part as the studio found."""
    if not (HERE / "bars.csv").exists():
        return True
    prepared = prepare(read_bars(HERE / "bars.csv"), config)
    same = True
    for part, rows in prepared["windows"].items():
        counts = numpy.bincount(prepared["classes"][rows], minlength=3).tolist()
        expected = config["split"][part]["classes"]
        print(f"{part}: {len(rows)} windows, classes {counts}, the studio counted {expected}")
        same = same and counts == expected
    return same


def main():
    config = load_config()
    model = load_model(config).eval()
    print(f"{config['model']}: all weights loaded strictly")
    passed = [check_examples(config, model), check_data(config)]
    print("same as the studio" if all(passed) else "DIFFERENT from the studio")
    sys.exit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()

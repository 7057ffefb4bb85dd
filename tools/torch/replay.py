"""Replays a trace of the studio in PyTorch and prints how far the losses are apart.

    python3 tools/torch/replay.py trace.safetensors [--tolerance 1e-3]

The trace holds the initial weights (`initial.<name>`), the batch of each step (`step.<i>.input` [B,T,F], `.class` [B],
`.return` [B]) and a metadata key `trace`, a JSON text with `losses`, `classWeights`, `learningRates`, `labelSmoothing`,
`auxiliaryWeight`, `heads` and `config` (the model's id and sizes, and the training settings).
The weights are loaded strictly into the model of models.py; every step is PyTorch's own backward pass, clip_grad_norm_ and
AdamW, in float32. Exit 1 where a loss differs by more than the tolerance (relative), or is not a number; 2 where the file
is not such a trace.
"""

import argparse
import json
import math
import sys

sys.dont_write_bytecode = True

import torch

import twin_path  # noqa: F401

import safetensors_io
from losses import total_loss
from models import build
from presets import FULL

DEFAULTS = {"weightDecay": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "clipNorm": 1.0, "returnWeight": 1.0, "microBatchSize": 0}


def flatten(config):
    """One level of settings: nested sections (`training`, `modelConfig`) are read as if they stood at the top."""
    flat = {}
    for name, value in config.items():
        if isinstance(value, dict):
            flat.update(flatten(value))
        else:
            flat[name] = value
    return flat


def settings_of(trace):
    settings = flatten(trace["config"])
    if "betas" in settings:
        settings["beta1"], settings["beta2"] = settings["betas"]
    if "eps" in settings:
        settings["epsilon"] = settings["eps"]
    return {**DEFAULTS, **settings}


def model_of(trace, settings, tensors):
    """The model that the trace describes, with its initial weights, and without anything random."""
    model_id = settings["model"]
    sizes = {name: settings[name] for name in FULL[model_id] if name in settings}
    if "heads" in FULL[model_id]:
        sizes.setdefault("heads", trace["heads"])
    for name in ("dropout", "headDropout"):
        if name in FULL[model_id]:
            sizes[name] = 0.0
    missing = sorted(set(FULL[model_id]) - set(sizes))
    if missing:
        raise KeyError(f"config lacks {', '.join(missing)}")
    prefix = "initial."
    initial = {name[len(prefix) :]: torch.from_numpy(value.copy()) for name, value in tensors.items() if name.startswith(prefix)}
    model = build(model_id, sizes, tensors["step.0.input"].shape[2])
    model.load_state_dict(initial, strict=True)
    return model.train()


def forward(model, inputs, size):
    """Outputs of the whole batch. Only the auxiliary loss depends on micro-batches: it is their mean."""
    pieces = [model(piece) for piece in inputs.split(size or len(inputs))]
    logits, scaled_return = (torch.cat([piece[i] for piece in pieces]) for i in (0, 1))
    if pieces[0][2] is None:
        return logits, scaled_return, None
    return logits, scaled_return, torch.stack([piece[2] for piece in pieces]).mean()


def replay(trace, tensors):
    """The loss of every step."""
    settings = settings_of(trace)
    model = model_of(trace, settings, tensors)
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        parameters,
        lr=trace["learningRates"][0],
        betas=(settings["beta1"], settings["beta2"]),
        eps=settings["epsilon"],
        weight_decay=settings["weightDecay"],
    )
    weights = torch.tensor(trace["classWeights"], dtype=torch.float32)
    for step, rate in enumerate(trace["learningRates"]):
        inputs, classes, returns = (torch.from_numpy(tensors[f"step.{step}.{part}"].copy()) for part in ("input", "class", "return"))
        optimizer.param_groups[0]["lr"] = rate
        optimizer.zero_grad()
        total, _, _, _ = total_loss(
            forward(model, inputs, settings["microBatchSize"]),
            classes.long(),
            returns,
            weights,
            trace["labelSmoothing"],
            settings["returnWeight"],
            trace["auxiliaryWeight"],
        )
        total.backward()
        if settings["clipNorm"] > 0:
            torch.nn.utils.clip_grad_norm_(parameters, settings["clipNorm"])
        optimizer.step()
        yield float(total.detach())


def main():
    parser = argparse.ArgumentParser(description="Replays a trace of the studio in PyTorch.")
    parser.add_argument("trace")
    parser.add_argument("--tolerance", type=float, default=1e-3, help="largest relative difference of a loss (default 1e-3)")
    options = parser.parse_args()
    try:
        tensors, metadata = safetensors_io.load(options.trace)
        trace = json.loads(metadata["trace"])
        if not trace["losses"] or len(trace["losses"]) != len(trace["learningRates"]):
            raise ValueError("losses and learningRates must be as many, and at least one")
        replayed = list(replay(trace, tensors))
    except (OSError, KeyError, ValueError, RuntimeError) as problem:
        print(f"{options.trace}: not a trace that can be replayed: {problem}", file=sys.stderr)
        sys.exit(2)
    largest = 0.0
    for step, (theirs, ours) in enumerate(zip(trace["losses"], replayed)):
        difference = abs(theirs - ours) / abs(ours) if ours else abs(theirs)
        difference = difference if math.isfinite(difference) else math.inf
        largest = max(largest, difference)
        print(f"step {step:4d}  studio {theirs:.8f}  pytorch {ours:.8f}  relative difference {difference:.2e}")
    passed = largest <= options.tolerance
    print(f"{len(replayed)} steps, largest relative difference {largest:.2e}: {'same' if passed else 'DIFFERENT'}")
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()

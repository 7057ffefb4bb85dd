"""The files of this folder: config.json, the weights, and the checkpoints that training writes."""

import json
from pathlib import Path

import torch

import safetensors_io
from models import build

HERE = Path(__file__).resolve().parent
MOMENTS = ("exp_avg", "exp_avg_sq")


def load_config():
    return json.loads((HERE / "config.json").read_text(encoding="utf-8"))


def tensors_of(path):
    """{name: tensor} of a safetensors file."""
    arrays, _ = safetensors_io.load(path)
    return {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}


def load_model(config, path=HERE / "weights.safetensors"):
    """The model with the weights of a file; every name and shape must fit."""
    model = build(config["model"], config["modelConfig"], len(config["features"]))
    model.load_state_dict(tensors_of(path), strict=True)
    return model


def save_weights(path, model, config, **changed):
    """Weights that the studio opens again: its own description, with what has changed since."""
    metadata = {**config["metadata"], **{name: value if isinstance(value, str) else json.dumps(value) for name, value in changed.items()}}
    safetensors_io.save(path, {name: value.cpu().numpy() for name, value in model.state_dict().items()}, metadata)


def trainable(model):
    return {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}


def save_state(path, model, optimizer, step, epoch):
    """Everything that training needs to go on, in the names of the studio's optimizer.safetensors."""
    tensors = {"optimizer.step": torch.tensor([float(step)]), "epoch": torch.tensor([float(epoch)])}
    for name, parameter in trainable(model).items():
        tensors[f"optimizer.last.{name}"] = parameter.detach()
        for moment in MOMENTS:
            tensors[f"optimizer.{moment}.{name}"] = optimizer.state[parameter][moment]
    safetensors_io.save(path, {name: value.cpu().numpy() for name, value in tensors.items()}, {"format": "pt"})


def load_state(path, model, optimizer):
    """Puts a saved state back. @returns (steps taken, epochs done or None where the file does not say)"""
    tensors = tensors_of(path)
    step = tensors["optimizer.step"]
    for name, parameter in trainable(model).items():
        with torch.no_grad():
            parameter.copy_(tensors[f"optimizer.last.{name}"])
        moments = {moment: tensors[f"optimizer.{moment}.{name}"].to(parameter.device) for moment in MOMENTS}
        optimizer.state[parameter] = {"step": step.reshape(()).clone(), **moments}
    return int(step.item()), int(tensors["epoch"].item()) if "epoch" in tensors else None

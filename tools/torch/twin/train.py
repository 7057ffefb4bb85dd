"""Trains the model further with the studio's loss and settings, on one process or many.

    python3 train.py --epochs 10
    torchrun --nproc_per_node=4 train.py --epochs 10

A batch is dealt to all processes; each computes its share of the batch's loss, and the averaged gradients are those of the whole batch, so
the number of processes does not change the curve. gloo on CPUs, nccl on GPUs. Written: best_<model>.safetensors, which the studio opens
again, and state.safetensors, from which `--resume state.safetensors` goes on.
"""

import argparse
import json
import math
import os
import sys

import numpy
import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

from data import gather, prepare, read_bars
from losses import loss_share
from models import MixtureOfExperts
from project import HERE, load_config, load_model, load_state, save_state, save_weights, trainable


class Processes:
    """This process among the others, as torchrun's environment says; alone where there is none."""

    def __init__(self):
        self.rank, self.size = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
        local = int(os.environ.get("LOCAL_RANK", self.rank))
        cuda = torch.cuda.is_available()
        self.device = torch.device("cuda", local % torch.cuda.device_count()) if cuda else torch.device("cpu")
        if self.size > 1:
            if cuda:
                torch.cuda.set_device(self.device)
            dist.init_process_group("nccl" if cuda else "gloo")

    def sum(self, values):
        """Sum over all processes, on every one of them."""
        if self.size > 1:
            dist.all_reduce(values)
        return values

    def wrap(self, model):
        model.to(self.device)
        for module in model.modules():
            if isinstance(module, MixtureOfExperts):
                module.global_sum = self.sum
        return DistributedDataParallel(model, device_ids=[self.device.index] if self.device.type == "cuda" else None) if self.size > 1 else model

    def end(self):
        """Leaves, when all have come this far. Everything is written by then, and the process ends without taking gloo apart: torch does that
        under the interpreter's lock, for which gloo's own threads may be waiting (seen with 1.13: one exit in a few hangs for good)."""
        if self.size > 1:
            dist.barrier()
            sys.stdout.flush()
            os._exit(0)


def learning_rate_at(settings, epoch):
    """CosineAnnealingLR in closed form; `epoch` from 0."""
    if settings["schedule"] == "constant":
        return settings["learningRate"]
    low, high = settings["minLearningRate"], settings["learningRate"]
    return low + (high - low) * (1 + math.cos(math.pi * epoch / settings["scheduleEpochs"])) / 2


class Batches:
    """Deals each batch to the processes. Order and mixup are drawn alike on all of them, from seed and place alone."""

    def __init__(self, config, prepared, processes):
        self.config, self.settings, self.prepared, self.processes = config, config["trainingConfig"], prepared, processes
        used = self.settings["classWeights"]
        self.class_weights = torch.tensor(config["classWeights"] if used else [1.0, 1.0, 1.0], dtype=torch.float32, device=processes.device)

    def order(self, epoch):
        return numpy.random.default_rng([self.settings["seed"], epoch]).permutation(self.prepared["windows"]["train"])

    def mix(self, rows, step):
        """(lambda, partner rows) of a batch."""
        settings, random = self.settings, numpy.random.default_rng([self.settings["seed"], 1, step])
        if not settings["mixup"] or random.random() >= settings["mixupProbability"]:
            return 1.0, rows
        return float(random.beta(settings["mixupAlpha"], settings["mixupAlpha"])), random.permutation(rows)

    def deal(self, rows, step=None):
        """This process's rows with their targets, and the sums over the whole batch. Without a step nothing is mixed."""
        mix, partners = (1.0, rows) if step is None else self.mix(rows, step)
        own = slice(self.processes.rank, None, self.processes.size)
        counted = len(rows[own]) > 0
        if not counted:  # fewer rows than processes: this one computes along, and counts nothing
            own = slice(0, 1)
        prepared, length, device = self.prepared, self.config["sequenceLength"], self.processes.device
        tensor = lambda values: torch.from_numpy(numpy.ascontiguousarray(values)).to(device)
        windows, returns = gather(prepared["features"], rows[own], length), prepared["returns"][rows[own]]
        if mix < 1:
            windows = numpy.float32(mix) * windows + numpy.float32(1 - mix) * gather(prepared["features"], partners[own], length)
            returns = numpy.float32(mix) * returns + numpy.float32(1 - mix) * prepared["returns"][partners[own]]
        classes = tensor(prepared["classes"][rows].astype(numpy.int64))
        return {
            "windows": tensor(windows),
            "returns": tensor(returns),
            "classes": classes[own],
            "partner_classes": tensor(prepared["classes"][partners[own]].astype(numpy.int64)),
            "lambda": mix,
            "rows": len(rows),
            "weight_sum": self.class_weights[classes].sum(),
            "class_weights": self.class_weights,
            "counted": float(counted),
        }


def shares_of(model, batch, settings):
    for module in model.modules():
        if isinstance(module, MixtureOfExperts):
            module.counted = batch["counted"]
    outputs = model(batch["windows"])
    return [share * batch["counted"] for share in loss_share(outputs, batch, settings)], outputs


def take_step(model, optimizer, batch, settings, processes):
    """One step over the whole batch. @returns its loss"""
    optimizer.zero_grad()
    (total, *_), _ = shares_of(model, batch, settings)
    # DistributedDataParallel averages gradients over the processes; the gradient of the batch is their sum.
    (total * processes.size).backward()
    if settings["clipNorm"] > 0:
        torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], settings["clipNorm"])
    optimizer.step()
    return float(processes.sum(total.detach().clone()))


def evaluate(model, batches, part, settings, processes):
    """{loss, classLoss, returnLoss, accuracy} of a part; every process computes some of its rows."""
    rows, size = batches.prepared["windows"][part], settings["validationBatchSize"]
    model.eval()
    sums = torch.zeros(5, dtype=torch.float64, device=processes.device)
    with torch.no_grad():
        for first in range(0, len(rows), size):
            batch = batches.deal(rows[first : first + size])
            (_, of_class, of_return, auxiliary), (logits, _, _) = shares_of(model, batch, settings)
            hits = (logits.argmax(dim=1) == batch["classes"]).sum() * batch["counted"]
            weight = float(batch["weight_sum"])
            own = [of_class * weight, of_return * batch["rows"], auxiliary * batch["rows"], hits]
            sums += torch.stack([value.double() for value in own] + [torch.tensor(weight / processes.size, device=processes.device).double()])
    model.train()
    of_class, of_return, auxiliary, hits, weight = processes.sum(sums).tolist()
    parts = {"classLoss": of_class / weight, "returnLoss": of_return / len(rows), "accuracy": hits / len(rows)}
    loss = parts["classLoss"] + settings["returnWeight"] * parts["returnLoss"] + settings["auxiliaryWeight"] * auxiliary / len(rows)
    return {"loss": loss, **parts}


def without_dropout(config):
    """Sizes with every dropout at 0: what a comparison between numbers of processes needs, for each draws its own."""
    return {**config, "modelConfig": {**config["modelConfig"], **{name: 0.0 for name in ("dropout", "headDropout") if name in config["modelConfig"]}}}


def arguments():
    parser = argparse.ArgumentParser(description="Trains the model of this folder further.")
    parser.add_argument("--data", default=str(HERE / "bars.csv"), help="bars (default: bars.csv)")
    parser.add_argument("--out", default=str(HERE / "out"), help="where weights and state go (default: out)")
    parser.add_argument("--epochs", type=int, default=10, help="epochs to train (default 10)")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps and print the loss of each")
    parser.add_argument("--batch", type=int, default=0, help="windows in a batch over all processes (default: as in the studio)")
    parser.add_argument("--learning-rate", type=float, default=None, help="default: as in the studio")
    parser.add_argument("--resume", help="a state file: optimizer.safetensors of the studio, or state.safetensors of an earlier training here")
    parser.add_argument("--no-dropout", action="store_true", help="for comparisons: each process draws its own dropout, while order and mixup are the same on all")
    return parser.parse_args()


def main():
    options, processes = arguments(), Processes()
    config = load_config()
    settings = config["trainingConfig"]
    if options.batch:
        settings["batchSize"] = options.batch
    if options.learning_rate is not None:
        settings["learningRate"] = options.learning_rate
    if options.no_dropout:
        config = without_dropout(config)
    torch.manual_seed(settings["seed"] + 7919 * processes.rank)
    own = load_model(config)
    model = processes.wrap(own).train()
    optimizer = torch.optim.AdamW(
        list(trainable(own).values()),
        lr=settings["learningRate"],
        betas=(settings["beta1"], settings["beta2"]),
        eps=settings["epsilon"],
        weight_decay=settings["weightDecay"],
    )
    batches = Batches(config, prepare(read_bars(options.data), config), processes)
    per_epoch = math.ceil(len(batches.prepared["windows"]["train"]) / settings["batchSize"])
    step, first_epoch = load_state(options.resume, own, optimizer) if options.resume else (0, 0)
    first_epoch = step // per_epoch if first_epoch is None else first_epoch
    say = print if processes.rank == 0 else lambda *_: None
    os.makedirs(options.out, exist_ok=True)
    taken, best = 0, {"loss": math.inf}
    start = evaluate(model, batches, "validation", settings, processes)
    say(f"start: validation loss {start['loss']:.6f}, accuracy {start['accuracy']:.4f}")
    for epoch in range(first_epoch, first_epoch + options.epochs):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate_at(settings, epoch)
        order, losses = batches.order(epoch), []
        for first in range(0, len(order), settings["batchSize"]):
            losses.append(take_step(model, optimizer, batches.deal(order[first : first + settings["batchSize"]], step), settings, processes))
            step, taken = step + 1, taken + 1
            if options.steps:
                say(f"step {taken} loss {losses[-1]:.8f}")
                if taken == options.steps:
                    return processes.end()
        found = evaluate(model, batches, "validation", settings, processes)
        say(f"epoch {epoch + 1}: loss {numpy.mean(losses):.6f}, validation loss {found['loss']:.6f}, accuracy {found['accuracy']:.4f}")
        if processes.rank == 0:
            save_state(os.path.join(options.out, "state.safetensors"), own, optimizer, step, epoch + 1)
        if found["loss"] < best["loss"]:
            best = found
            test = evaluate(model, batches, "test", settings, processes)
            say(f"  best so far; test loss {test['loss']:.6f}, accuracy {test['accuracy']:.4f}")
            if processes.rank == 0:
                scores = {f"validation/{name}": value for name, value in found.items()} | {f"test/{name}": value for name, value in test.items()}
                path = os.path.join(options.out, f"best_{config['model']}.safetensors")
                epochs = {"bestEpoch": str(epoch + 1), "epochs": str(epoch + 1), "stoppedBy": ""}
                run = f"{config['metadata']['runId'][:80]}-twin-{epoch + 1}"
                save_weights(path, own, config, scores=scores, test="null", **epochs, runId=run, trainedBy="the PyTorch twin of this run")
    say(json.dumps({"best": best}))
    processes.end()


if __name__ == "__main__":
    main()

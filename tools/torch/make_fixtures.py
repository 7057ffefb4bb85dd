"""Makes the fixtures that the studio's parity tests compare against: inputs, outputs, gradients and updated weights by PyTorch.

    python3 tools/torch/make_fixtures.py            writes src/models/fixtures and src/training/fixtures
    python3 tools/torch/make_fixtures.py --check    remakes them in memory and compares; exit 1 on a difference

Everything is computed in float64 from float32 inputs and weights, and rounded once to float32 when stored: the difference that
a test sees is the browser's own. Inputs and weights come from the studio's mulberry32, so no torch version changes them.

Each `*.safetensors` has one metadata key `fixture`, a JSON text, and these tensors (names of weights as in the state_dict):

  src/models/fixtures/<model>.safetensors          `lstm`, `gru`, `transformer`, `peft-transformer`, `moe-transformer`,
                                                   `peft-transformer-lora`
    JSON    { model, features, config, classWeights, labelSmoothing, returnWeight, auxiliaryWeight,
              cases: [{ batch, time, loss, classLoss, returnLoss, auxiliary, routerMargin }],
              trace: { seed, steps, batch, time, learningRate, weightDecay, betas, epsilon, clipNorm, losses, gradientNorms, routerMargin } }
            `routerMargin`: the smallest gap between the second and third probability of any token (null without a router)
    tensors weights.<name>                          initial weights
            case.<i>.input [B,T,F], .class [B] int32, .return [B], .logits [B,3], .scaled_return [B]
            case.<i>.gradient.<name>                gradient of `loss`, trainable parameters only, before clipping
            trace.final.<name>                      trainable weights after the last step of the trace
    The trace's batches come from one mulberry32 stream of `seed`. A step draws B*T*F numbers u, row-major:
    input = float32((2u - 1) * sqrt(3)); return[b] = input[b, T-1, 0]; class[b] = (return > -1/sqrt(3)) + (return > 1/sqrt(3)).

  src/models/fixtures/{lstm-layer,gru-layer,encoder,local-attention,moe-layer}.safetensors  one part each
    encoder: input projection, positions, one pre-norm block (nn.TransformerEncoderLayer), final norm
    JSON    { part, cases: [{ ...sizes }] }         moe-layer: also `auxiliary` and `auxiliaryWeight`
    tensors case.<i>.weights.<name>, case.<i>.input [B,T,F], case.<i>.output, case.<i>.cotangent (of the output's shape)
            case.<i>.gradient.input, case.<i>.gradient.<name>    gradient of sum(output * cotangent) (+ auxiliaryWeight * auxiliary)

  src/models/fixtures/initial.json                 what torch's own modules draw at the start
    { builds, models: { <model>: { config, features, parameters: { <name>: { shape, min, max, mean, deviation } } } } }

  src/training/fixtures/loss.safetensors           cross-entropy (class weights, smoothing, mixed targets) + MSE
    JSON    { cases: [{ classWeights | null, labelSmoothing, mix | null, returnWeight, classLoss, returnLoss, loss }] }
    tensors case.<i>.logits [B,3], .class [B], .permuted [B] (only if mixed), .scaled_return [B], .return [B] (mixed already),
            .gradient.logits, .gradient.scaled_return
  src/training/fixtures/adamw.safetensors          torch.optim.AdamW on given gradients
    JSON    { weightDecay, betas, epsilon, learningRates: [one per step], shapes: { <name>: shape } }
    tensors initial.<name>, step.<i>.gradient.<name>, step.<i>.<name> (after the step)
  src/training/fixtures/clip.safetensors           torch.nn.utils.clip_grad_norm_
    JSON    { maxNorm, cases: [{ norm }] }
    tensors case.<i>.<name>, case.<i>.clipped.<name>
  src/training/fixtures/schedule.json              torch.optim.lr_scheduler.CosineAnnealingLR
    { learningRate, scheduleEpochs, minLearningRate, rates: [learning rate of epoch 0..60] }
"""

import json
import math
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import numpy
import torch

import safetensors_io
from losses import class_loss, total_loss
from models import MODELS, TINY, LocalAttention, MixtureOfExperts, Transformer, build
from mulberry32 import Mulberry32

SOURCE = Path(__file__).resolve().parents[2] / "src"
LOSS = {"classWeights": [0.8, 1.3, 0.95], "labelSmoothing": 0.2, "returnWeight": 1.0, "auxiliaryWeight": 0.01}
TRAINING = {"learningRate": 2e-4, "weightDecay": 1e-3, "betas": [0.9, 0.999], "epsilon": 1e-8, "clipNorm": 1.0}
TRACE = {"steps": 50, "batch": 4, "time": 8}
FEATURES = 16

# Sizes of the model fixtures: the tiny presets, and less where a model holds many weights. Dropout is off everywhere.
CONFIGS = {
    "lstm": {**TINY["lstm"], "dropout": 0.0},
    "gru": {**TINY["gru"], "dropout": 0.0},
    "transformer": {**TINY["transformer"], "dropout": 0.0},
    "peft-transformer": {
        "width": 16,
        "heads": 2,
        "blocks": 2,
        "feedForward": 32,
        "firstHeadWidth": 32,
        "secondHeadWidth": 13,
        "headDropout": 0.0,
    },
    "moe-transformer": {
        "width": 16,
        "heads": 2,
        "blocks": 2,
        "experts": 4,
        "expertWidth": 24,
        "attentionWindow": 2,
        "headDropout": 0.0,
        "dropout": 0.0,
    },
}
CONFIGS["peft-transformer-lora"] = {**CONFIGS["peft-transformer"], "loraRank": 3, "loraAlpha": 6.0}
# Fixtures of a model in another configuration, by the model.
VARIANTS = {"peft-transformer-lora": "peft-transformer"}
# Routing is a choice: a token that sits on the fence may fall on either side in float32. Seeds whose margin is smaller are passed over.
LEAST_MARGIN = 3e-5


def real(array):
    return torch.from_numpy(numpy.asarray(array, dtype=numpy.float64))


def stored(tensor):
    return tensor.detach().numpy().astype(numpy.float32)


def index(array):
    return numpy.asarray(array, dtype=numpy.int32)


def fill(module, random):
    """Weights worth a test: no bias zero, no norm weight one, matrices that neither vanish nor explode."""
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if parameter.dim() > 1:
                value = random.centred(math.sqrt(3 / parameter.shape[1]), *parameter.shape)
            elif name.endswith("weight"):
                value = 1 + random.centred(0.3, *parameter.shape)
            else:
                value = random.centred(0.3, *parameter.shape)
            parameter.copy_(torch.from_numpy(value))
    return module.double()


class MarginWatch:
    """Keeps the smallest gap between the second and third probability of every router of a module."""

    def __init__(self, module):
        self.smallest = math.inf
        self.routers = [m.router for m in module.modules() if isinstance(m, MixtureOfExperts)]
        for router in self.routers:
            router.register_forward_hook(self.look)

    def look(self, _module, _inputs, logits):
        best = torch.softmax(logits.detach(), dim=-1).topk(3, dim=-1).values
        self.smallest = min(self.smallest, float((best[:, 1] - best[:, 2]).min()))

    def value(self):
        return self.smallest if self.routers else None


def loss_of(model, inputs, classes, returns):
    return total_loss(
        model(real(inputs)),
        torch.from_numpy(classes).long(),
        real(returns),
        real(LOSS["classWeights"]),
        LOSS["labelSmoothing"],
        LOSS["returnWeight"],
        LOSS["auxiliaryWeight"],
    )


def trainable(model):
    return {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}


def trace_batch(random):
    inputs = random.centred(math.sqrt(3), TRACE["batch"], TRACE["time"], FEATURES)
    returns = inputs[:, -1, 0].copy()
    third = 1 / math.sqrt(3)
    return inputs, index((returns > -third).astype(int) + (returns > third)), returns


def model_case(model, random, batch, time, tensors, prefix):
    watch = MarginWatch(model)
    inputs = random.centred(math.sqrt(3), batch, time, FEATURES)
    classes = index(numpy.floor(random.draw(batch) * 3))
    returns = random.centred(2.0, batch)
    model.zero_grad()
    total, of_class, of_return, auxiliary = loss_of(model, inputs, classes, returns)
    total.backward()
    with torch.no_grad():
        logits, scaled_return, _ = model(real(inputs))
    tensors.update({f"{prefix}.input": inputs, f"{prefix}.class": classes, f"{prefix}.return": returns})
    tensors.update({f"{prefix}.logits": stored(logits), f"{prefix}.scaled_return": stored(scaled_return)})
    tensors.update({f"{prefix}.gradient.{name}": stored(p.grad) for name, p in trainable(model).items()})
    return {
        "batch": batch,
        "time": time,
        "loss": float(total),
        "classLoss": float(of_class),
        "returnLoss": float(of_return),
        "auxiliary": None if auxiliary is None else float(auxiliary),
        "routerMargin": watch.value(),
    }


def train_trace(model, seed, tensors):
    watch, random = MarginWatch(model), Mulberry32(seed)
    parameters = trainable(model)
    optimizer = torch.optim.AdamW(
        parameters.values(),
        lr=TRAINING["learningRate"],
        betas=TRAINING["betas"],
        eps=TRAINING["epsilon"],
        weight_decay=TRAINING["weightDecay"],
    )
    losses, norms = [], []
    for _ in range(TRACE["steps"]):
        optimizer.zero_grad()
        total = loss_of(model, *trace_batch(random))[0]
        total.backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(parameters.values(), TRAINING["clipNorm"])))
        optimizer.step()
        losses.append(float(total))
    tensors.update({f"trace.final.{name}": stored(p) for name, p in parameters.items()})
    return {"seed": seed, **TRACE, **TRAINING, "losses": losses, "gradientNorms": norms, "routerMargin": watch.value()}


def model_fixture_from(name, seed):
    model_id, config, tensors = VARIANTS.get(name, name), CONFIGS[name], {}
    random = Mulberry32(seed)
    model = fill(build(model_id, config, FEATURES), random)
    tensors.update({f"weights.{name}": stored(value) for name, value in model.state_dict().items()})
    cases = [
        model_case(model, random, batch, time, tensors, f"case.{i}") for i, (batch, time) in enumerate([(3, 7), (2, 1)])
    ]
    trace = train_trace(model, seed + 1, tensors)
    return tensors, {"model": model_id, "features": FEATURES, "config": config, **LOSS, "cases": cases, "trace": trace}


def model_fixture(name):
    seed = 1000
    while True:
        tensors, description = model_fixture_from(name, seed)
        margins = [part["routerMargin"] for part in [*description["cases"], description["trace"]]]
        if None in margins or min(margins) >= LEAST_MARGIN:
            return tensors, description
        seed += 2


def part_case(module, random, shape, tensors, prefix, auxiliary_weight=0.0):
    """One part, its input and everything that comes out and back. Returns the auxiliary loss, if the part has one."""
    fill(module, random)
    inputs = random.centred(math.sqrt(3), *shape)
    x = real(inputs).requires_grad_()
    result = module(x)
    output, auxiliary = result if isinstance(result, tuple) else (result, None)
    cotangent = random.centred(1.0, *output.shape)
    target = (output * real(cotangent)).sum()
    if auxiliary_weight:
        target = target + auxiliary_weight * auxiliary
    target.backward()
    tensors.update({f"{prefix}.weights.{name}": stored(value) for name, value in module.state_dict().items()})
    tensors.update({f"{prefix}.input": inputs, f"{prefix}.output": stored(output), f"{prefix}.cotangent": cotangent})
    tensors[f"{prefix}.gradient.input"] = stored(x.grad)
    tensors.update({f"{prefix}.gradient.{name}": stored(p.grad) for name, p in module.named_parameters()})
    return auxiliary


def recurrent_fixture(kind):
    tensors, cases = {}, []
    sizes = [
        {"batch": 3, "time": 7, "features": 16, "hiddenSize": 5, "layers": 1},
        {"batch": 1, "time": 1, "features": 4, "hiddenSize": 5, "layers": 2},
        {"batch": 33, "time": 7, "features": 3, "hiddenSize": 8, "layers": 2},
    ]
    for i, size in enumerate(sizes):
        module = kind(size["features"], size["hiddenSize"], size["layers"], batch_first=True)
        shape = (size["batch"], size["time"], size["features"])
        part_case(module, Mulberry32(2000 + i), shape, tensors, f"case.{i}")
        cases.append(size)
    return tensors, {"part": kind.__name__, "cases": cases}


class Encoder(Transformer):
    """The Transformer without mean and heads."""

    def make_heads(self, _config):
        return None

    def forward(self, x):
        return self.encode(x)[0]


def encoder_fixture():
    tensors, cases = {}, []
    for i, (batch, time, heads) in enumerate([(3, 7, 2), (2, 1, 1), (1, 19, 6)]):
        size = {"batch": batch, "time": time, "features": 5, "width": 12, "heads": heads, "blocks": 1, "feedForward": 20}
        part_case(Encoder(size, 5), Mulberry32(3000 + i), (batch, time, 5), tensors, f"case.{i}")
        cases.append(size)
    return tensors, {"part": "Encoder", "cases": cases}


def local_attention_fixture():
    tensors, cases = {}, []
    for i, (batch, time, heads, window) in enumerate([(3, 7, 2, 2), (2, 1, 1, 2), (1, 19, 6, 1), (2, 41, 3, 20), (2, 5, 2, 100)]):
        size = {"batch": batch, "time": time, "width": 12, "heads": heads, "attentionWindow": window}
        part_case(LocalAttention(12, heads, window, 0.0), Mulberry32(4000 + i), (batch, time, 12), tensors, f"case.{i}")
        cases.append(size)
    return tensors, {"part": "LocalAttention", "cases": cases}


def moe_layer_fixture():
    tensors, cases = {}, []
    for i, (batch, time, experts) in enumerate([(3, 7, 4), (1, 1, 8), (2, 19, 3), (2, 5, 2)]):
        size = {"batch": batch, "time": time, "width": 12, "experts": experts, "expertWidth": 10, "auxiliaryWeight": 0.5}
        for seed in range(5000 + 100 * i, 5100 + 100 * i):
            module = MixtureOfExperts(12, experts, 10, 0.0)
            watch = MarginWatch(module) if experts > 2 else None
            auxiliary = part_case(module, Mulberry32(seed), (batch, time, 12), tensors, f"case.{i}", 0.5)
            if watch is None or watch.value() >= 1e-3:
                break
        cases.append({**size, "auxiliary": float(auxiliary)})
    return tensors, {"part": "MixtureOfExperts", "cases": cases}


def initial_fixture():
    builds, described = 2000, {}
    small = {
        "lstm": {"hiddenSize": 7, "layers": 2, "dropout": 0.2},
        "gru": {"hiddenSize": 7, "layers": 1, "dropout": 0.2},
        "transformer": {"width": 6, "heads": 2, "blocks": 1, "feedForward": 10, "dropout": 0.1},
        "peft-transformer": {
            "width": 6,
            "heads": 2,
            "blocks": 1,
            "feedForward": 10,
            "firstHeadWidth": 9,
            "secondHeadWidth": 4,
            "headDropout": 0.3,
        },
        "moe-transformer": {
            "width": 6,
            "heads": 2,
            "blocks": 1,
            "experts": 2,
            "expertWidth": 10,
            "attentionWindow": 2,
            "headDropout": 0.1,
            "dropout": 0.1,
        },
    }
    torch.manual_seed(6000)
    for model_id, config in small.items():
        drawn = {}
        for _ in range(builds):
            for name, value in build(model_id, config, 5).state_dict().items():
                drawn.setdefault(name, []).append(value)
        parameters = {}
        for name, values in drawn.items():
            every = torch.stack(values).double()
            parameters[name] = {
                "shape": list(every.shape[1:]),
                "min": float(every.min()),
                "max": float(every.max()),
                "mean": float(every.mean()),
                "deviation": float(every.std(unbiased=False)),
            }
        described[model_id] = {"config": config, "features": 5, "parameters": parameters}
    return {"builds": builds, "models": described}


def loss_fixture():
    tensors, cases, random = {}, [], Mulberry32(7000)
    weights = [0.7, 1.9, 0.85]
    settings = [
        # batch, class weights, smoothing, mix, scale of the logits
        (5, None, 0.0, None, 2.0),
        (5, weights, 0.0, None, 2.0),
        (5, None, 0.2, None, 2.0),
        (33, weights, 0.2, None, 2.0),
        (7, weights, 0.2, 0.3, 2.0),
        (7, None, 0.0, 0.9375, 2.0),
        (1, weights, 0.2, None, 2.0),
        (6, weights, 0.1, 0.5, 40.0),
    ]
    for i, (batch, class_weights, smoothing, mix, scale) in enumerate(settings):
        logits = random.centred(scale, batch, 3)
        classes = index(numpy.floor(random.draw(batch) * 3))
        scaled_return, returns = random.centred(2.0, batch), random.centred(2.0, batch)
        z, s = real(logits).requires_grad_(), real(scaled_return).requires_grad_()
        permuted = None if mix is None else numpy.roll(classes, 1)
        of_class = class_loss(
            z,
            torch.from_numpy(classes).long(),
            None if class_weights is None else real(class_weights),
            smoothing,
            None if permuted is None else torch.from_numpy(permuted).long(),
            1.0 if mix is None else mix,
        )
        return_weight = 1.0 if i % 2 == 0 else 0.25
        of_return = torch.nn.functional.mse_loss(s, real(returns))
        total = of_class + return_weight * of_return
        total.backward()
        tensors.update({f"case.{i}.logits": logits, f"case.{i}.class": classes})
        if permuted is not None:
            tensors[f"case.{i}.permuted"] = permuted
        tensors.update({f"case.{i}.scaled_return": scaled_return, f"case.{i}.return": returns})
        tensors.update({f"case.{i}.gradient.logits": stored(z.grad), f"case.{i}.gradient.scaled_return": stored(s.grad)})
        cases.append(
            {
                "batch": batch,
                "classWeights": class_weights,
                "labelSmoothing": smoothing,
                "mix": mix,
                "returnWeight": return_weight,
                "classLoss": float(of_class),
                "returnLoss": float(of_return),
                "loss": float(total),
            }
        )
    return tensors, {"cases": cases}


def adamw_fixture():
    """Gradients from 1e-6 to 100, some of them zero, and rates at which a wrong epsilon or bias correction cannot hide in rounding."""
    random, tensors = Mulberry32(8000), {}
    shapes = {"matrix": [5, 3], "vector": [7], "single": [1]}
    rates = [0.05 * (1 - i / 20) for i in range(12)]
    settings = {"weightDecay": 0.05, "betas": [0.9, 0.999], "epsilon": 1e-8}
    values = {name: real(random.centred(1.0, *shape)).requires_grad_() for name, shape in shapes.items()}
    tensors.update({f"initial.{name}": stored(value) for name, value in values.items()})
    optimizer = torch.optim.AdamW(
        values.values(), lr=rates[0], betas=settings["betas"], eps=settings["epsilon"], weight_decay=settings["weightDecay"]
    )
    for step, rate in enumerate(rates):
        optimizer.param_groups[0]["lr"] = rate
        for name, shape in shapes.items():
            scale = 10.0 ** numpy.floor(random.draw(*shape) * 9 - 6)
            gradient = (random.centred(1.0, *shape) * scale * (random.draw(*shape) > 0.1)).astype(numpy.float32)
            tensors[f"step.{step}.gradient.{name}"] = gradient
            values[name].grad = real(gradient)
        optimizer.step()
        tensors.update({f"step.{step}.{name}": stored(value) for name, value in values.items()})
    return tensors, {**settings, "learningRates": rates, "shapes": shapes}


def clip_fixture():
    tensors, cases, random = {}, [], Mulberry32(9000)
    for i, scale in enumerate([10.0, 0.01, 0.0, 1e-5, 1e4]):
        values = {}
        for name, shape in {"matrix": [5, 3], "vector": [7]}.items():
            gradient = random.centred(scale, *shape)
            tensors[f"case.{i}.{name}"] = gradient
            values[name] = torch.zeros(*shape, dtype=torch.float64, requires_grad=True)
            values[name].grad = real(gradient)
        norm = torch.nn.utils.clip_grad_norm_(values.values(), 1.0)
        tensors.update({f"case.{i}.clipped.{name}": stored(value.grad) for name, value in values.items()})
        cases.append({"norm": float(norm)})
    return tensors, {"maxNorm": 1.0, "cases": cases}


def schedule_fixture():
    settings = {"learningRate": 2e-4, "scheduleEpochs": 50, "minLearningRate": 1e-6}
    optimizer = torch.optim.AdamW([torch.zeros(1, requires_grad=True)], lr=settings["learningRate"])
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, settings["scheduleEpochs"], settings["minLearningRate"])
    rates = []
    for _ in range(61):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return {**settings, "rates": rates}


FIXTURES = {
    **{f"models/fixtures/{name}.safetensors": lambda name=name: model_fixture(name) for name in (*MODELS, *VARIANTS)},
    "models/fixtures/lstm-layer.safetensors": lambda: recurrent_fixture(torch.nn.LSTM),
    "models/fixtures/gru-layer.safetensors": lambda: recurrent_fixture(torch.nn.GRU),
    "models/fixtures/encoder.safetensors": encoder_fixture,
    "models/fixtures/local-attention.safetensors": local_attention_fixture,
    "models/fixtures/moe-layer.safetensors": moe_layer_fixture,
    "models/fixtures/initial.json": initial_fixture,
    "training/fixtures/loss.safetensors": loss_fixture,
    "training/fixtures/adamw.safetensors": adamw_fixture,
    "training/fixtures/clip.safetensors": clip_fixture,
    "training/fixtures/schedule.json": schedule_fixture,
}


def make(path):
    """A fixture's file content."""
    if path.endswith(".json"):
        return (json.dumps(FIXTURES[path](), indent=1) + "\n").encode("utf-8")
    tensors, description = FIXTURES[path]()
    return safetensors_io.encode(tensors, {"fixture": json.dumps(description)})


def differences_of_json(where, a, b, tolerance):
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        return [line for key in a for line in differences_of_json(f"{where}.{key}", a[key], b[key], tolerance)]
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [line for i, pair in enumerate(zip(a, b)) for line in differences_of_json(f"{where}[{i}]", *pair, tolerance)]
    if isinstance(a, float) and isinstance(b, float) and abs(a - b) <= tolerance * max(1e-3, abs(a), abs(b)):
        return []
    return [] if a == b else [f"{where}: {a} is now {b}"]


def differences_of_tensors(a, b):
    if list(a) != list(b):
        return [f"other tensors: {sorted(set(a) ^ set(b))}"]
    lines = []
    for name in a:
        if a[name].shape != b[name].shape or a[name].dtype != b[name].dtype:
            lines.append(f"{name}: {a[name].dtype} {a[name].shape} is now {b[name].dtype} {b[name].shape}")
        elif a[name].dtype.kind == "i" and not numpy.array_equal(a[name], b[name]):
            lines.append(f"{name}: other integers")
        elif a[name].dtype.kind == "f" and a[name].size:
            largest = numpy.abs(a[name] - b[name]).max()
            if not largest <= 1e-6 * max(1e-6, numpy.abs(a[name]).max()):
                lines.append(f"{name}: differs by {largest}")
    return lines


def check(path):
    """What differs between the committed fixture and one made now."""
    file = SOURCE / path
    if not file.exists():
        return ["is missing"]
    committed, made = file.read_bytes(), make(path)
    if committed == made:
        return []
    if path.endswith(".json"):
        # Only the initial distributions are drawn by torch's own generator: another version may draw other numbers of them.
        tolerance = 0.05 if path.endswith("initial.json") else 1e-9
        return differences_of_json("", json.loads(committed), json.loads(made), tolerance)
    (a, described), (b, described_now) = safetensors_io.decode(committed), safetensors_io.decode(made)
    texts = (json.loads(described["fixture"]), json.loads(described_now["fixture"]))
    return differences_of_json("", *texts, 1e-6) + differences_of_tensors(a, b)


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit("usage: make_fixtures.py [--check]")
    torch.set_num_threads(1)
    failed = False
    for path in FIXTURES:
        if sys.argv[1:]:
            lines = check(path)
            failed = failed or bool(lines)
            print(f"{path}: {'same' if not lines else 'DIFFERENT'}", *lines[:20], sep="\n  ")
            continue
        (SOURCE / path).parent.mkdir(parents=True, exist_ok=True)
        content = make(path)
        (SOURCE / path).write_bytes(content)
        print(f"{path}: {len(content):,} bytes")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

"""The studio's five models in plain PyTorch: an independent second writing, to check the browser against.

The state_dict has the names and shapes of the studio's weight files, so `load_state_dict(strict=True)` takes them.
Every model maps [batch, time, features] to (direction logits [batch, 3], scaled return [batch], auxiliary loss or None).
Sizes come as the studio's own configuration: a dict with the names of its fields (`hiddenSize`, `width`, ...).

Run as a program, it asserts the parameter counts of the full presets, and that the blocks are torch's own.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

TOP_K = 2


def gelu(x):
    """The exact (erf) GELU. A function of our own keeps torch's fused inference path, with its other rounding, out of the blocks."""
    return F.gelu(x)


def small_head(size, outputs, dropout):
    half = max(1, size // 2)
    return nn.Sequential(nn.Linear(size, half), nn.GELU(), nn.Dropout(dropout), nn.Linear(half, outputs))


def deep_head(size, first, second, outputs, dropout):
    return nn.Sequential(
        nn.Linear(size, first),
        nn.LayerNorm(first),
        nn.GELU(),
        nn.Dropout(dropout),
        nn.Linear(first, second),
        nn.LayerNorm(second),
        nn.GELU(),
        nn.Dropout(dropout),
        nn.Linear(second, outputs),
    )


class Heads(nn.Module):
    """Two heads over one vector per window: direction logits and scaled return."""

    def __init__(self, direction, scaled_return):
        super().__init__()
        self.direction = direction
        self.add_module("return", scaled_return)

    def forward(self, pooled):
        return self.direction(pooled), getattr(self, "return")(pooled).squeeze(-1)


def small_heads(size, dropout):
    return Heads(small_head(size, 3, dropout), small_head(size, 1, dropout))


class AttentionPooling(nn.Module):
    """Additive attention over time: softmax(score(tanh(project(h)))) weighs the states."""

    def __init__(self, size):
        super().__init__()
        self.project = nn.Linear(size, size)
        self.score = nn.Linear(size, 1, bias=False)

    def forward(self, states):
        weights = torch.softmax(self.score(torch.tanh(self.project(states))), dim=1)  # [batch, time, 1]
        return (weights * states).sum(dim=1)


class Lstm(nn.Module):
    def __init__(self, config, features):
        super().__init__()
        hidden, layers, dropout = config["hiddenSize"], config["layers"], config["dropout"]
        self.lstm = nn.LSTM(features, hidden, layers, batch_first=True, dropout=dropout if layers > 1 else 0.0)
        self.pool = AttentionPooling(hidden)
        self.norm = nn.LayerNorm(hidden)
        self.heads = small_heads(hidden, dropout)

    def forward(self, x):
        states, _ = self.lstm(x)
        return (*self.heads(self.norm(self.pool(states))), None)


class Gru(nn.Module):
    def __init__(self, config, features):
        super().__init__()
        hidden, layers, dropout = config["hiddenSize"], config["layers"], config["dropout"]
        self.gru = nn.GRU(features, hidden, layers, batch_first=True, dropout=dropout if layers > 1 else 0.0)
        self.heads = small_heads(hidden, dropout)

    def forward(self, x):
        states, _ = self.gru(x)
        return (*self.heads(states[:, -1]), None)


def sinusoidal_positions(time, width, like):
    """[time, width]: sin at even, cos at odd places, base 10000 ("Attention is all you need", 3.5)."""
    position = torch.arange(time, dtype=torch.float64)[:, None]
    frequency = torch.exp(torch.arange(0, width, 2, dtype=torch.float64) * (-math.log(10000.0) / width))
    table = torch.zeros(time, width, dtype=torch.float64)
    table[:, 0::2] = torch.sin(position * frequency)
    table[:, 1::2] = torch.cos(position * frequency)[:, : width // 2]
    return table.to(like)


def dense_block(config):
    """A pre-norm block is torch's own layer."""
    return nn.TransformerEncoderLayer(
        config["width"],
        config["heads"],
        config["feedForward"],
        config.get("dropout", 0.0),
        activation=gelu,
        batch_first=True,
        norm_first=True,
    )


class LocalAttention(nn.MultiheadAttention):
    """torch's attention with |i - j| <= window, and dropout of whole heads (before the output projection) instead of weights."""

    def __init__(self, width, heads, window, head_dropout):
        super().__init__(width, heads, batch_first=True)
        self.window = window
        self.head_dropout = head_dropout

    def forward(self, x):
        batch, time, width = x.shape
        projected = F.linear(x, self.in_proj_weight, self.in_proj_bias)
        # [batch, time, 3, heads, head size] -> three of [batch, heads, time, head size]
        query, key, value = projected.view(batch, time, 3, self.num_heads, -1).permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) / math.sqrt(self.head_dim)
        place = torch.arange(time, device=x.device)
        scores = scores.masked_fill((place[:, None] - place[None, :]).abs() > self.window, -math.inf)
        context = torch.softmax(scores, dim=-1) @ value
        if self.training and self.head_dropout > 0:
            kept = torch.rand(batch, self.num_heads, 1, 1, dtype=x.dtype, device=x.device) >= self.head_dropout
            context = context * kept / (1 - self.head_dropout)
        return self.out_proj(context.transpose(1, 2).reshape(batch, time, width))


class Expert(nn.Module):
    def __init__(self, width, inner, dropout):
        super().__init__()
        self.linear1 = nn.Linear(width, inner)
        self.dropout = nn.Dropout(dropout)
        self.linear2 = nn.Linear(inner, width)

    def forward(self, x):
        return self.linear2(self.dropout(gelu(self.linear1(x))))


class MixtureOfExperts(nn.Module):
    """Softmax over all experts, the best two run, their weights renormalised; auxiliary loss E * sum(f_e * P_e)."""

    def __init__(self, width, experts, inner, dropout):
        super().__init__()
        self.router = nn.Linear(width, experts, bias=False)
        self.experts = nn.ModuleList(Expert(width, inner, dropout) for _ in range(experts))

    def forward(self, x):
        tokens = x.reshape(-1, x.shape[-1])
        probabilities = torch.softmax(self.router(tokens), dim=-1)  # [tokens, experts]
        best, chosen = probabilities.topk(TOP_K, dim=-1)
        shares = best / best.sum(dim=-1, keepdim=True)
        output = torch.zeros_like(tokens)
        for index, expert in enumerate(self.experts):
            token, slot = (chosen == index).nonzero(as_tuple=True)
            output = output.index_add(0, token, expert(tokens[token]) * shares[token, slot, None])
        routed = F.one_hot(chosen, len(self.experts)).to(x).mean(dim=(0, 1))  # f: share of routed slots
        auxiliary = len(self.experts) * (routed * probabilities.mean(dim=0)).sum()
        return output.reshape(x.shape), auxiliary


class MoeBlock(nn.Module):
    def __init__(self, config):
        super().__init__()
        width, dropout = config["width"], config["dropout"]
        self.self_attn = LocalAttention(width, config["heads"], config["attentionWindow"], config["headDropout"])
        self.moe = MixtureOfExperts(width, config["experts"], config["expertWidth"], dropout)
        self.norm1 = nn.LayerNorm(width)
        self.norm2 = nn.LayerNorm(width)
        self.dropout1 = nn.Dropout(dropout)
        self.dropout2 = nn.Dropout(dropout)

    def forward(self, x):
        x = x + self.dropout1(self.self_attn(self.norm1(x)))
        output, auxiliary = self.moe(self.norm2(x))
        return x + self.dropout2(output), auxiliary


class Transformer(nn.Module):
    """Input projection + positions, pre-norm blocks, final norm, mean over time, two heads."""

    def __init__(self, config, features):
        super().__init__()
        width = config["width"]
        self.input = nn.Linear(features, width)
        self.blocks = nn.ModuleList(self.block(config) for _ in range(config["blocks"]))
        self.norm = nn.LayerNorm(width)
        self.heads = self.make_heads(config)

    def block(self, config):
        return dense_block(config)

    def make_heads(self, config):
        return small_heads(config["width"], config["dropout"])

    def encode(self, x):
        hidden = self.input(x)
        hidden = hidden + sinusoidal_positions(x.shape[1], hidden.shape[2], hidden)
        for block in self.blocks:
            hidden = block(hidden)
        return self.norm(hidden), None

    def forward(self, x):
        encoded, auxiliary = self.encode(x)
        return (*self.heads(encoded.mean(dim=1)), auxiliary)


def add_adapter(module, inputs, rank, outputs):
    """`lora_A` and `lora_B` beside a projection (Hu et al. 2021)."""
    module.lora_A = nn.Linear(inputs, rank, bias=False)
    module.lora_B = nn.Linear(rank, outputs, bias=False)
    return module


class LoraAttention(nn.MultiheadAttention):
    """torch's attention with an adapter beside both projections: y = W x + b + alpha/rank * B A x."""

    def __init__(self, width, heads, rank, alpha):
        super().__init__(width, heads, batch_first=True)
        self.scale = alpha / rank
        self.in_proj = add_adapter(nn.Module(), width, rank, 3 * width)
        add_adapter(self.out_proj, width, rank, width)

    def adapted(self, x, weight, bias, adapter):
        return F.linear(x, weight, bias) + self.scale * adapter.lora_B(adapter.lora_A(x))

    def forward(self, x, _key, _value, **_options):
        batch, time, width = x.shape
        projected = self.adapted(x, self.in_proj_weight, self.in_proj_bias, self.in_proj)
        query, key, value = projected.view(batch, time, 3, self.num_heads, -1).permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-2, -1) / math.sqrt(self.head_dim)
        joined = (torch.softmax(scores, dim=-1) @ value).transpose(1, 2).reshape(batch, time, width)
        return self.adapted(joined, self.out_proj.weight, self.out_proj.bias, self.out_proj), None


class PeftTransformer(Transformer):
    """The same body, frozen and always in inference mode, under deep heads that train; with `loraRank` its attention has adapters that train."""

    def __init__(self, config, features):
        super().__init__(config, features)
        for part in (self.input, self.blocks, self.norm):
            part.requires_grad_(False)
        for name, parameter in self.named_parameters():
            if ".lora_" in name:
                parameter.requires_grad_(True)
        self.adapted = bool(config.get("loraRank"))
        self.train(self.training)

    def block(self, config):
        block = dense_block(config)
        if config.get("loraRank"):
            block.self_attn = LoraAttention(config["width"], config["heads"], config["loraRank"], config["loraAlpha"])
        return block

    def make_heads(self, config):
        sizes = (config["width"], config["firstHeadWidth"], config["secondHeadWidth"])
        return Heads(deep_head(*sizes, 3, config["headDropout"]), deep_head(*sizes, 1, config["headDropout"]))

    def train(self, mode=True):
        super().train(mode)
        for part in (self.input, self.blocks, self.norm):
            part.eval()
        return self

    def encode(self, x):
        if self.adapted:
            return super().encode(x)
        with torch.no_grad():
            return super().encode(x)


class MoeTransformer(Transformer):
    """The same body with local attention and experts; the auxiliary loss is the mean over the blocks."""

    def block(self, config):
        return MoeBlock(config)

    def encode(self, x):
        hidden = self.input(x)
        hidden = hidden + sinusoidal_positions(x.shape[1], hidden.shape[2], hidden)
        auxiliaries = []
        for block in self.blocks:
            hidden, auxiliary = block(hidden)
            auxiliaries.append(auxiliary)
        return self.norm(hidden), torch.stack(auxiliaries).mean()


MODELS = {
    "lstm": Lstm,
    "gru": Gru,
    "transformer": Transformer,
    "peft-transformer": PeftTransformer,
    "moe-transformer": MoeTransformer,
}

FULL = {
    "lstm": {"hiddenSize": 128, "layers": 2, "dropout": 0.2},
    "gru": {"hiddenSize": 64, "layers": 1, "dropout": 0.2},
    "transformer": {"width": 128, "heads": 8, "blocks": 4, "feedForward": 512, "dropout": 0.1},
    "peft-transformer": {
        "width": 512,
        "heads": 8,
        "blocks": 8,
        "feedForward": 2048,
        "firstHeadWidth": 1024,
        "secondHeadWidth": 416,
        "headDropout": 0.3,
    },
    "moe-transformer": {
        "width": 192,
        "heads": 6,
        "blocks": 4,
        "experts": 8,
        "expertWidth": 2304,
        "attentionWindow": 20,
        "headDropout": 0.1,
        "dropout": 0.1,
    },
}

TINY = {
    "lstm": {**FULL["lstm"], "hiddenSize": 16},
    "gru": {**FULL["gru"], "hiddenSize": 16},
    "transformer": {**FULL["transformer"], "width": 32, "heads": 4, "blocks": 2, "feedForward": 64},
    "peft-transformer": {
        **FULL["peft-transformer"],
        "width": 64,
        "heads": 4,
        "blocks": 2,
        "feedForward": 128,
        "firstHeadWidth": 128,
        "secondHeadWidth": 52,
    },
    "moe-transformer": {**FULL["moe-transformer"], "width": 32, "heads": 4, "blocks": 2, "expertWidth": 64},
}

# total, trainable, active per token
COUNTS = {
    "lstm": (240_516, 240_516, 240_516),
    "gru": (20_036, 20_036, 20_036),
    "transformer": (812_292, 812_292, 812_292),
    "peft-transformer": (27_139_652, 1_910_852, 27_139_652),
    "moe-transformer": (29_034_628, 29_034_628, 7_741_060),
}


def build(model, config, features):
    """A model by its id, with torch's default initial weights."""
    return MODELS[model](config, features)


def count_parameters(model):
    """(total, trainable, active per token)."""
    total = sum(p.numel() for p in model.parameters())
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    active = total
    for module in model.modules():
        if isinstance(module, MixtureOfExperts):
            experts = sum(p.numel() for p in module.experts.parameters())
            active -= experts - experts * TOP_K // len(module.experts)
    return total, trainable, active


def largest_difference(a, b):
    return float((a - b).detach().abs().max())


def assert_local_attention_is_torchs():
    """With the same mask given to nn.MultiheadAttention, and dropout off, the local attention is that layer."""
    x = torch.randn(2, 9, 24, dtype=torch.float64)
    for window in (0, 2, 100):
        local = LocalAttention(24, 3, window, 0.5).double().eval()
        torchs = nn.MultiheadAttention(24, 3, batch_first=True).double()
        torchs.load_state_dict(local.state_dict())
        place = torch.arange(9)
        mask = (place[:, None] - place[None, :]).abs() > window
        expected, _ = torchs(x, x, x, attn_mask=mask)
        assert largest_difference(local(x), expected) < 1e-12


def assert_moe_block_is_torchs():
    """A block whose experts all hold the same weights and whose window spans everything is nn.TransformerEncoderLayer."""
    config = {"width": 24, "heads": 3, "experts": 4, "expertWidth": 40, "attentionWindow": 100, "headDropout": 0.1, "dropout": 0.1}
    moe = MoeBlock(config).double().eval()
    torchs = nn.TransformerEncoderLayer(24, 3, 40, activation="gelu", batch_first=True, norm_first=True).double().eval()
    own = {name: value for name, value in torchs.state_dict().items() if not name.startswith("linear")}
    for expert in moe.moe.experts:
        expert.linear1.load_state_dict(torchs.linear1.state_dict())
        expert.linear2.load_state_dict(torchs.linear2.state_dict())
    assert not moe.load_state_dict(own, strict=False).unexpected_keys
    x = torch.randn(2, 9, 24, dtype=torch.float64, requires_grad=True)
    output, _ = moe(x)
    expected = torchs(x)
    assert largest_difference(output, expected) < 1e-12
    probe = torch.randn_like(output)
    gradients = [torch.autograd.grad((y * probe).sum(), x)[0] for y in (output, expected)]
    assert largest_difference(*gradients) < 1e-12


def assert_dense_block_is_torchs():
    """`gelu` passed as a function changes nothing of the layer with activation="gelu"."""
    block = dense_block({"width": 24, "heads": 3, "feedForward": 40, "dropout": 0.1}).double().eval()
    torchs = nn.TransformerEncoderLayer(24, 3, 40, activation="gelu", batch_first=True, norm_first=True).double().eval()
    torchs.load_state_dict(block.state_dict())
    x = torch.randn(2, 9, 24, dtype=torch.float64)
    assert largest_difference(block(x), torchs(x)) < 1e-12


def assert_adapters_are_merged_weights():
    """A block under adapters is torch's own layer with W + alpha/rank * B A in place of W."""
    config = {"width": 24, "heads": 3, "feedForward": 40, "blocks": 1, "firstHeadWidth": 8, "secondHeadWidth": 4, "headDropout": 0.0}
    adapted = PeftTransformer({**config, "loraRank": 4, "loraAlpha": 6}, 5).double().eval()
    torchs = dense_block(config).double().eval()
    state = adapted.blocks[0].state_dict()
    for weight, adapter in (("self_attn.in_proj_weight", "self_attn.in_proj"), ("self_attn.out_proj.weight", "self_attn.out_proj")):
        low, high = state.pop(f"{adapter}.lora_A.weight"), state.pop(f"{adapter}.lora_B.weight")
        state[weight] = state[weight] + 6 / 4 * high @ low
    torchs.load_state_dict(state)
    x = torch.randn(2, 9, 24, dtype=torch.float64)
    assert largest_difference(adapted.blocks[0](x), torchs(x)) < 1e-12
    trained = [name for name, parameter in adapted.named_parameters() if parameter.requires_grad]
    assert all(".lora_" in name or name.startswith("heads.") for name in trained) and any(".lora_" in name for name in trained)


def main():
    torch.manual_seed(1)
    assert_adapters_are_merged_weights()
    assert_dense_block_is_torchs()
    assert_local_attention_is_torchs()
    assert_moe_block_is_torchs()
    for model, config in FULL.items():
        counted = count_parameters(build(model, config, 16))
        assert counted == COUNTS[model], (model, counted, COUNTS[model])
        print(f"{model}: {counted[0]:,} parameters, {counted[1]:,} train, {counted[2]:,} active per token")


if __name__ == "__main__":
    main()

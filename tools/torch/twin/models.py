"""The studio's five models in plain PyTorch.

The state_dict has the names and shapes of the studio's weight files, so `load_state_dict(strict=True)` takes them.
Every model maps [batch, time, features] to (direction logits [batch, 3], scaled return [batch], auxiliary loss or None).
Sizes come as the studio's own configuration: a dict with the names of its fields (`hiddenSize`, `width`, ...).

Under DistributedDataParallel a model sees its own share of a batch only. `global_sum` is then set to a sum over all ranks, and the
auxiliary loss returned is this rank's share: the shares of all ranks add up to the loss over all tokens of the batch.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

TOP_K = 2


def own_sum(values):
    """One process: its own sum is everyone's."""
    return values


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
        self.global_sum = own_sum
        self.counted = 1.0  # 0 where this rank's tokens only fill up a batch that is smaller than the number of ranks

    def forward(self, x):
        tokens = x.reshape(-1, x.shape[-1])
        probabilities = torch.softmax(self.router(tokens), dim=-1)  # [tokens, experts]
        best, chosen = probabilities.topk(TOP_K, dim=-1)
        shares = best / best.sum(dim=-1, keepdim=True)
        output = torch.zeros_like(tokens)
        for index, expert in enumerate(self.experts):
            token, slot = (chosen == index).nonzero(as_tuple=True)
            output = output.index_add(0, token, expert(tokens[token]) * shares[token, slot, None])
        return output.reshape(x.shape), self.balance(probabilities, chosen)

    def balance(self, probabilities, chosen):
        """This process's share of the auxiliary loss. f is a count over all ranks' tokens; only P has a gradient."""
        experts = len(self.experts)
        with torch.no_grad():
            slots = F.one_hot(chosen, experts).to(probabilities).sum(dim=(0, 1))
            sums = self.global_sum(torch.cat([slots, slots.new_tensor([len(chosen)])]) * self.counted)
            tokens = sums[-1]
            routed = sums[:-1] / (TOP_K * tokens)  # f: share of routed slots
        return experts * (routed * probabilities.sum(dim=0)).sum() * self.counted / tokens


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


class Adapter(nn.Module):
    """Low-rank adapter (LoRA): scale * B(A(x)), to be added to a frozen projection."""

    def __init__(self, inputs, outputs, rank):
        super().__init__()
        self.lora_A = nn.Linear(inputs, rank, bias=False)
        self.lora_B = nn.Linear(rank, outputs, bias=False)
        nn.init.zeros_(self.lora_B.weight)

    def forward(self, x):
        return self.lora_B(self.lora_A(x))


class AdaptedAttention(nn.MultiheadAttention):
    """torch's attention with adapters beside its two projections, under the names `in_proj.lora_A`, `out_proj.lora_A`, ..."""

    def __init__(self, width, heads, rank, alpha):
        super().__init__(width, heads, batch_first=True)
        self.scale = alpha / rank
        self.in_proj = Adapter(width, 3 * width, rank)
        adapter = Adapter(width, width, rank)
        self.out_proj.lora_A, self.out_proj.lora_B = adapter.lora_A, adapter.lora_B

    def forward(self, x, *_, **__):
        batch, time, width = x.shape
        projected = F.linear(x, self.in_proj_weight, self.in_proj_bias) + self.scale * self.in_proj(x)
        query, key, value = projected.view(batch, time, 3, self.num_heads, -1).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(self.head_dim), dim=-1)
        context = (weights @ value).transpose(1, 2).reshape(batch, time, width)
        adapted = self.out_proj.lora_B(self.out_proj.lora_A(context))
        return F.linear(context, self.out_proj.weight, self.out_proj.bias) + self.scale * adapted, None


class PeftTransformer(Transformer):
    """The same body, frozen and always in inference mode, under deep heads that train; with adapters, those train as well."""

    def __init__(self, config, features):
        super().__init__(config, features)
        self.adapted = config.get("loraRank", 0) > 0
        for part in (self.input, self.blocks, self.norm):
            part.requires_grad_(False)
        for name, parameter in self.blocks.named_parameters():
            parameter.requires_grad_("lora_" in name)
        self.train(self.training)

    def block(self, config):
        block = dense_block(config)
        if config.get("loraRank", 0) > 0:
            block.self_attn = AdaptedAttention(config["width"], config["heads"], config["loraRank"], config["loraAlpha"])
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
        with torch.set_grad_enabled(self.adapted and torch.is_grad_enabled()):
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


def build(model, config, features):
    """A model by its id, with torch's default initial weights."""
    return MODELS[model](config, features)

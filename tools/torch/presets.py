"""The sizes of the studio's presets, and checks of the models in twin/models.py against torch's own layers.

Run as a program, it asserts the parameter counts of the full presets, and that the blocks are torch's own.
"""

import twin_path  # noqa: F401  (the models are those of the twin)

import torch
from torch import nn

from models import TOP_K, LocalAttention, MixtureOfExperts, MoeBlock, PeftTransformer, build, dense_block

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
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            nn.init.normal_(parameter)
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

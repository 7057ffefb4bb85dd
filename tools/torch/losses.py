"""The studio's training loss, written with torch.nn.functional."""

import torch.nn.functional as F


def class_loss(logits, classes, weights, smoothing, permuted=None, mix=1.0):
    """CrossEntropyLoss(weight, label_smoothing) with class indices; with a permutation, mix * CE(z, y) + (1 - mix) * CE(z, y_perm)."""
    loss = F.cross_entropy(logits, classes, weight=weights, label_smoothing=smoothing)
    if permuted is None:
        return loss
    return mix * loss + (1 - mix) * F.cross_entropy(logits, permuted, weight=weights, label_smoothing=smoothing)


def total_loss(outputs, classes, returns, weights, smoothing, return_weight, auxiliary_weight):
    """(total, class, return, auxiliary or None) of a model's outputs."""
    logits, scaled_return, auxiliary = outputs
    of_class = class_loss(logits, classes, weights, smoothing)
    of_return = F.mse_loss(scaled_return, returns)
    total = of_class + return_weight * of_return
    if auxiliary is not None:
        total = total + auxiliary_weight * auxiliary
    return total, of_class, of_return, auxiliary

"""The studio's training loss, as the share that some rows of a batch have in the loss of the whole batch.

Shares of all rows add up to CrossEntropyLoss(weight, label_smoothing) + return_weight * MSELoss (+ auxiliary_weight * auxiliary) over the
batch: the cross-entropy is divided by the weights of ALL its rows, the squared error by their number. So it does not matter how the rows
are dealt to processes.
"""

import torch
import torch.nn.functional as F


def class_share(logits, classes, weights, smoothing, weight_sum):
    return F.cross_entropy(logits, classes, weight=weights, label_smoothing=smoothing, reduction="sum") / weight_sum


def loss_share(outputs, batch, settings):
    """(total, class, return, auxiliary) of these rows. `batch` holds their targets and the sums over all rows."""
    logits, returns, auxiliary = outputs
    mix, weights = batch["lambda"], batch["class_weights"]
    of_class = mix * class_share(logits, batch["classes"], weights, settings["labelSmoothing"], batch["weight_sum"])
    if mix < 1:
        of_class = of_class + (1 - mix) * class_share(logits, batch["partner_classes"], weights, settings["labelSmoothing"], batch["weight_sum"])
    of_return = (returns - batch["returns"]).square().sum() / batch["rows"]
    auxiliary = torch.zeros((), device=logits.device) if auxiliary is None else auxiliary
    total = of_class + settings["returnWeight"] * of_return + settings["auxiliaryWeight"] * auxiliary
    return total, of_class, of_return, auxiliary

"""From bars to what training needs: scaled features, labels, and the windows of each part, by the rules of the studio.

Scaler and thresholds come from config.json: nothing is fitted anew, so that weights and data keep belonging together.
"""

import math

import numpy

from features import WARM_UP, scaled_features, volatility

SESSION_GAP_INTERVALS = 30


def read_bars(path):
    """bars.csv: a header, then time (ms since 1970, UTC as written), open, high, low, close, and perhaps volume."""
    with open(path, encoding="utf-8") as file:
        header = file.readline().strip().split(",")
        table = numpy.array([line.split(",") for line in file if line.strip()], dtype=numpy.float64)
    bars = {name: table[:, column].copy() for column, name in enumerate(header)}
    bars.setdefault("volume", None)
    return bars


def gaps_so_far(time, interval, intervals):
    """Number of steps longer than `intervals` up to each row."""
    return numpy.concatenate([[0], numpy.cumsum(numpy.diff(time) > intervals * interval)])


def future_returns(bars, config):
    """ln(C[t+h] / C[t]); NaN where the future is missing or lies beyond a session gap."""
    close, horizon = bars["close"], config["dataConfig"]["horizon"]
    returns = numpy.full(len(close), numpy.nan)
    returns[:-horizon] = numpy.log(close[horizon:] / close[:-horizon])
    if not config["dataConfig"]["labelsAcrossGaps"]:
        gaps = gaps_so_far(bars["time"], config["intervalSeconds"] * 1000, SESSION_GAP_INTERVALS)
        returns[:-horizon][gaps[horizon:] != gaps[:-horizon]] = numpy.nan
    return returns


def first_barrier(bars, row, horizon, distance):
    """The barrier at +-distance that the next bars touch first; both in one bar, or none: flat."""
    top, bottom = bars["close"][row] * math.exp(distance), bars["close"][row] * math.exp(-distance)
    for after in range(row + 1, row + horizon + 1):
        up, down = bars["high"][after] >= top, bars["low"][after] <= bottom
        if up or down:
            return 1 if up and down else 2 if up else 0
    return 1


def label_rows(bars, returns, sigma, config):
    """Class of each row: 0 down, 1 flat, 2 up; -1 where there is no future."""
    settings, rule = config["dataConfig"], config["labelRule"]
    known = ~numpy.isnan(returns)
    classes = numpy.full(len(returns), -1)
    if rule["lower"] is not None:
        above = returns > rule["lower"] if rule["rule"] == "quantile" else returns >= rule["lower"]
        classes[known] = above[known].astype(int) + (returns > rule["upper"])[known]
        return classes
    barrier = rule["rule"] == "triple-barrier"
    distance = settings["barrierFactor" if barrier else "volatilityFactor"] * math.sqrt(settings["horizon"]) * sigma
    for row in numpy.flatnonzero(known):
        change, width = returns[row], distance[row]
        classes[row] = first_barrier(bars, row, settings["horizon"], width) if barrier else 2 if change > width else int(change >= -width)
    return classes


def find_windows(bars, returns, config):
    """Last rows of all windows that have their bars and a future."""
    settings, length = config["dataConfig"], config["sequenceLength"]
    rows = numpy.arange(length - 1, len(returns) - settings["horizon"])
    rows = rows[~numpy.isnan(returns[rows])]
    if settings["gapPolicy"] == "drop":
        gaps = gaps_so_far(bars["time"], config["intervalSeconds"] * 1000, settings["gapIntervals"])
        rows = rows[gaps[rows] == gaps[rows - length + 1]]
    return rows[-settings["maxWindows"] :] if settings["maxWindows"] > 0 else rows


def purge(rows, after, spacing):
    """Leaves out rows whose label reaches into the next part."""
    return rows if len(after) == 0 else rows[rows + spacing < after[0]]


def cut(rows, validation_start, test_start, spacing):
    train, validation, test = rows[:validation_start], rows[validation_start:test_start], rows[test_start:]
    return {"train": purge(train, validation, spacing), "validation": purge(validation, test, spacing), "test": test}


def half_up(value):
    return math.floor(value + 0.5)


def split(rows, settings):
    spacing, count = settings["horizon"] + settings["embargo"], len(rows)
    if settings["folds"] == 0:
        share = lambda part: min(count, math.floor(count * part + 1e-9))
        start = share(settings["trainShare"])
        return cut(rows, start, start + share(min(settings["validationShare"], 1 - settings["trainShare"])), spacing)
    blocks, fold = settings["folds"] + 2, settings["fold"]
    border = lambda block: half_up(count * block / blocks)
    first = border(fold) if settings["foldMode"] == "sliding" else 0
    return cut(rows[first : border(fold + 3)], border(fold + 1) - first, border(fold + 2) - first, spacing)


def prepare(bars, config):
    """{features [N, F] float32, classes [N], returns [N] in training deviations, windows: {train, validation, test}}."""
    if config["dataConfig"]["shuffleLabels"]:
        raise SystemExit("This run is a control with shuffled labels: there is nothing to train further.")
    sigma = volatility(bars)[WARM_UP:]
    usable = {name: None if column is None else column[WARM_UP:] for name, column in bars.items()}
    returns = future_returns(usable, config)
    classes = label_rows(usable, returns, sigma, config)
    return {
        "features": scaled_features(bars, config["features"], config["scaler"]),
        "classes": classes,
        "returns": (returns / config["labelRule"]["returnDeviation"]).astype(numpy.float32),
        "windows": split(find_windows(usable, returns, config), config["dataConfig"]),
    }


def gather(features, rows, length):
    """Windows that end at `rows`: [len(rows), length, F]."""
    return features[numpy.asarray(rows)[:, None] + numpy.arange(1 - length, 1)]

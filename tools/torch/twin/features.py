"""The studio's features, computed from bars up to and including each row, in float64 as the studio does.

`bars` is a dict of float64 arrays: time (ms, UTC as written), open, high, low, close, and volume or None.
"""

import numpy
from numpy.lib.stride_tricks import sliding_window_view

WARM_UP = 60
CLIP = 10.0


def log_return(bars):
    close = bars["close"]
    return numpy.concatenate([[numpy.nan], numpy.log(close[1:] / close[:-1])])


def simple_average(values, length):
    """Average of the last `length` values; NaN before the first full window."""
    means = sliding_window_view(values, length).sum(axis=1) / length
    return numpy.concatenate([numpy.full(length - 1, numpy.nan), means])


def rolling_deviation(values, length):
    """Population deviation of the last `length` values about their own average (two passes)."""
    windows = sliding_window_view(values, length)
    centred = windows - windows.sum(axis=1, keepdims=True) / length
    return numpy.concatenate([numpy.full(length - 1, numpy.nan), numpy.sqrt((centred**2).sum(axis=1) / length)])


def recursive_average(values, weight, start):
    """average = average + weight * (value - average), from `start` on."""
    result, average = numpy.empty(len(values)), start
    for row, value in enumerate(values):
        average = average + weight * (value - average)
        result[row] = average
    return result


def exponential_average(values, length):
    """EMA seeded by its first value."""
    return recursive_average(values, 2 / (length + 1), values[0])


def wilder_average(values, length, first):
    """Wilder's average from row `first` on, seeded by the simple average of the first `length` values; NaN before."""
    seeded = first + length - 1
    result = numpy.full(len(values), numpy.nan)
    result[seeded] = values[first : first + length].sum() / length
    result[seeded + 1 :] = recursive_average(values[seeded + 1 :], 1 / length, result[seeded])
    return result


def average_ratio(bars, length):
    return bars["close"] / simple_average(bars["close"], length) - 1


def volume_ratio(bars):
    if bars["volume"] is None:
        return numpy.zeros(len(bars["close"]))
    return numpy.log((bars["volume"] + 1) / (simple_average(bars["volume"], 20) + 1))


def rsi(bars):
    change = numpy.diff(bars["close"], prepend=bars["close"][0])
    gains, losses = wilder_average(numpy.maximum(change, 0), 14, 1), wilder_average(numpy.maximum(-change, 0), 14, 1)
    total = gains + losses
    return numpy.where(total == 0, 0.0, gains / numpy.where(total == 0, 1, total) - 0.5)


def macd_histogram(bars):
    line = exponential_average(bars["close"], 12) - exponential_average(bars["close"], 26)
    return (line - exponential_average(line, 9)) / bars["close"]


def bollinger_b(bars):
    close, deviation = bars["close"], rolling_deviation(bars["close"], 20)
    flat = deviation <= 1e-12 * close
    return numpy.where(flat, 0.0, (close - simple_average(close, 20)) / (4 * numpy.where(flat, 1, deviation)))


def average_true_range(bars):
    high, low, close = bars["high"], bars["low"], bars["close"]
    true_range = high - low
    true_range[1:] = numpy.maximum.reduce([true_range[1:], abs(high[1:] - close[:-1]), abs(low[1:] - close[:-1])])
    return wilder_average(true_range, 14, 0) / close


def volatility(bars):
    return rolling_deviation(log_return(bars), 20)


def minute_angle(bars):
    return 2 * numpy.pi * (numpy.floor_divide(numpy.mod(bars["time"], 86_400_000), 60_000)) / 1440


# One line a feature; a new one is a line here and its name in config.json.
FEATURES = {
    "logReturn": log_return,
    "range": lambda b: (b["high"] - b["low"]) / b["close"],
    "body": lambda b: (b["close"] - b["open"]) / b["close"],
    "upperShadow": lambda b: (b["high"] - numpy.maximum(b["open"], b["close"])) / b["close"],
    "lowerShadow": lambda b: (numpy.minimum(b["open"], b["close"]) - b["low"]) / b["close"],
    "volumeRatio": volume_ratio,
    "sma5Ratio": lambda b: average_ratio(b, 5),
    "sma20Ratio": lambda b: average_ratio(b, 20),
    "sma60Ratio": lambda b: average_ratio(b, 60),
    "rsi14": rsi,
    "macdHistogram": macd_histogram,
    "bollingerB": bollinger_b,
    "atr14": average_true_range,
    "volatility20": volatility,
    "minuteSin": lambda b: numpy.sin(minute_angle(b)),
    "minuteCos": lambda b: numpy.cos(minute_angle(b)),
}


def scaled_features(bars, names, scaler):
    """[N, F] float32 of the bars after the warm-up: (value - mean) / deviation, clipped at +-10."""
    columns = [FEATURES[name](bars)[WARM_UP:] for name in names]
    scaled = (numpy.stack(columns, axis=1) - numpy.array(scaler["mean"])) / numpy.array(scaler["deviation"])
    return numpy.clip(scaled, -CLIP, CLIP).astype(numpy.float32)

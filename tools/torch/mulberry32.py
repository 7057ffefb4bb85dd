"""The studio's own random stream (mulberry32), so that batches can be named by a seed instead of being stored."""

import numpy


class Mulberry32:
    """Numbers in [0, 1), the same as `createRandom(seed)` of src/lib/random.ts, drawn in blocks."""

    def __init__(self, seed):
        self.state = seed & 0xFFFFFFFF

    def draw(self, *shape):
        """The next numbers of the stream as a float64 array, row-major."""
        count = int(numpy.prod(shape, dtype=numpy.int64))
        steps = numpy.arange(1, count + 1, dtype=numpy.uint64)
        mask = numpy.uint64(0xFFFFFFFF)
        state = (numpy.uint64(self.state) + steps * numpy.uint64(0x6D2B79F5)) & mask
        if count:
            self.state = int(state[-1])
        t = ((state ^ (state >> numpy.uint64(15))) * (state | numpy.uint64(1))) & mask
        t ^= (t + (((t ^ (t >> numpy.uint64(7))) * (t | numpy.uint64(61))) & mask)) & mask
        return ((t ^ (t >> numpy.uint64(14))) / 4294967296.0).reshape(shape)

    def centred(self, scale, *shape):
        """Uniform in [-scale, scale), rounded to float32: what the browser holds."""
        return ((2 * self.draw(*shape) - 1) * scale).astype(numpy.float32)

"""Reads and writes safetensors files with numpy alone.

The format: 8 bytes little-endian header length, a JSON header {name: {dtype, shape, data_offsets}, "__metadata__": {text: text}},
padded with spaces to a multiple of 8, then the values of all tensors, one after another.
"""

import json
import struct

import numpy

DTYPES = {
    "F64": numpy.dtype("<f8"),
    "F32": numpy.dtype("<f4"),
    "F16": numpy.dtype("<f2"),
    "I64": numpy.dtype("<i8"),
    "I32": numpy.dtype("<i4"),
    "I16": numpy.dtype("<i2"),
    "I8": numpy.dtype("i1"),
    "U8": numpy.dtype("u1"),
    "BOOL": numpy.dtype("?"),
}
NAMES = {dtype: name for name, dtype in DTYPES.items()}


def encode(tensors, metadata=None):
    """Bytes of a file with these arrays (in their order) and this {text: text} metadata."""
    header = {"__metadata__": dict(metadata)} if metadata else {}
    parts, offset = [], 0
    for name, value in tensors.items():
        array = numpy.ascontiguousarray(value).reshape(numpy.shape(value))
        part = array.tobytes()
        header[name] = {
            "dtype": NAMES[array.dtype.newbyteorder("<") if array.dtype.itemsize > 1 else array.dtype],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(part)],
        }
        parts.append(part)
        offset += len(part)
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(parts)


def decode(content):
    """({name: array}, {text: text}) of a file's bytes. Raises ValueError where the file contradicts itself."""
    if len(content) < 8:
        raise ValueError("not a safetensors file: shorter than its header length")
    (length,) = struct.unpack("<Q", content[:8])
    if 8 + length > len(content):
        raise ValueError("not a safetensors file: the header is longer than the file")
    header = json.loads(content[8 : 8 + length].decode("utf-8"))
    metadata = header.pop("__metadata__", {})
    data = memoryview(content)[8 + length :]
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        dtype = DTYPES[entry["dtype"]]
        count = int(numpy.prod(entry["shape"], dtype=numpy.int64))
        if not 0 <= begin <= end <= len(data) or end - begin != count * dtype.itemsize:
            raise ValueError(f"tensor {name}: its offsets do not fit its shape or the file")
        tensors[name] = numpy.frombuffer(data[begin:end], dtype=dtype).reshape(entry["shape"])
    return tensors, metadata


def save(path, tensors, metadata=None):
    with open(path, "wb") as file:
        file.write(encode(tensors, metadata))


def load(path):
    with open(path, "rb") as file:
        return decode(file.read())

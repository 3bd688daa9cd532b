"""Reads a data set with Python's standard library alone (and numpy, where it is there) and prints what it found as JSON."""
import gzip
import hashlib
import json
import struct
import sys
import tarfile
from pathlib import Path

folder = Path(sys.argv[1])


def rows_of_tars():
    rows = {}
    for tar in sorted((folder / "webdataset").glob("*.tar")):
        with tarfile.open(tar) as archive:
            previous = None
            for member in archive:
                key, extension = member.name.split(".", 1)
                assert key not in rows or key == previous, f"the files of {key} do not follow each other"
                previous = key
                assert (member.mtime, member.uid, member.uname) == (0, 0, "")
                rows.setdefault(key, {})[extension] = archive.extractfile(member).read()
    return {
        key: {
            "caption": members["txt"].decode(),
            "tokens": json.loads(members["tokens.json"]),
            "index": json.loads(members["json"])["index"],
            "embedding": floats_of_npy(members["embedding.npy"])[1],
        }
        for key, members in rows.items()
    }


def floats_of_npy(data):
    """The .npy format as numpy.lib.format describes it."""
    assert data[:8] == b"\x93NUMPY\x01\x00"
    (length,) = struct.unpack("<H", data[8:10])
    header = eval(data[10 : 10 + length])  # a Python literal by the format's definition, and our own
    assert (10 + length) % 64 == 0 and header["descr"] == "<f4" and not header["fortran_order"]
    body = data[10 + length :]
    return list(header["shape"]), list(struct.unpack(f"<{len(body) // 4}f", body))


def sums_hold(file):
    lines = file.read_text().splitlines()
    names = [line.split("  ", 1)[1] for line in lines]
    checked = [hashlib.sha256((file.parent / line[66:]).read_bytes()).hexdigest() == line[:64] for line in lines]
    return names == sorted(names) and all(checked)


with gzip.open(folder / "processed_data.jsonl.gz", "rt", encoding="utf-8") as lines:
    gzipped = [json.loads(line) for line in lines]
matrix = (folder / "embeddings.npy").read_bytes()
found = {
    "json": json.loads((folder / "processed_data.json").read_text(encoding="utf-8")),
    "jsonl": [json.loads(line) for line in (folder / "processed_data.jsonl").read_text(encoding="utf-8").split("\n")[:-1]],
    "jsonl_gz": gzipped,
    "webdataset": rows_of_tars(),
    "npy": floats_of_npy(matrix),
    "miditok": {file.name: json.loads(file.read_text())["ids"] for file in sorted(folder.glob("tokens/*/*.json"))},
    "sums": sums_hold(folder / "SHA256SUMS") and sums_hold(folder / "tokens" / "SHA256SUMS"),
}
try:
    import numpy

    found["numpy"] = numpy.load(folder / "embeddings.npy").tolist()
except ImportError:
    found["numpy"] = None
json.dump(found, sys.stdout)

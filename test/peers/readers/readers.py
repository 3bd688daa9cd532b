"""Reads a data set with one of the readers of the field, as people call it, and says where it differs from the JSON Lines.

A question is {"dataset": folder, "format": name, "expected": file of JSON Lines, "isList": whether JSON is one
list, "except": readers not to ask}; the answer has for each reader of the format
{"rows": n}, with "difference" where a row is not as expected, or {"error": text}."""
import glob
import json
import os
import sys
import tempfile
from contextlib import redirect_stdout

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TQDM_DISABLE"] = "1"

import datasets  # noqa: E402
import duckdb  # noqa: E402
import msgpack  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import polars as pl  # noqa: E402
import pyarrow as pa  # noqa: E402
import webdataset as wds  # noqa: E402

datasets.disable_progress_bars()


def path_of(folder, form):
    return f"{folder}/processed_data.{form}"


def parquet_files(folder):
    return sorted(glob.glob(f"{folder}/data/*.parquet"))


def tar_files(folder):
    return sorted(glob.glob(f"{folder}/webdataset/*.tar"))


def rows_of(loaded):
    """Of everything that `load_dataset` returns, streams too."""
    parts = loaded.values() if isinstance(loaded, dict) else [loaded]
    return [row for part in parts for row in part]


def with_cache(load):
    """A cache of its own, so that nothing is taken from an earlier call."""
    with tempfile.TemporaryDirectory(prefix="midiloom-peers-") as cache:
        try:
            return [dict(row) for row in rows_of(load(cache))]
        except ValueError as error:
            # How the library says that there is no row, whatever the format.
            if "corresponds to no data" in str(error):
                return []
            raise


def features_of(folder):
    with tempfile.TemporaryDirectory(prefix="midiloom-peers-") as cache:
        return datasets.load_dataset_builder(folder, cache_dir=cache).info.features


def unpacked_member(sample):
    """A row of the WebDataset as the other formats have it."""
    row = dict(sample["json"])
    for name in ("midi_file", "midi_metadata", "text_features", "duplicate_group", "agreement", "quality"):
        if name in row:
            row[name] = json.loads(row[name])
    embedding = sample.get("embedding.npy")
    if row["text_features"] is not None:
        row["text_features"]["embedding"] = None if embedding is None or len(embedding) == 0 else plain(embedding)
    row["midi_tokens"] = sample["tokens.json"]
    row["text_description"] = None if row["text_features"] is None else sample["txt"]
    return row


def streamed_members(folder):
    return [unpacked_member(row) for row in rows_of(datasets.load_dataset("webdataset", data_files=tar_files(folder), streaming=True))]


def msgpack_rows(folder):
    with open(path_of(folder, "msgpack"), "rb") as file:
        return list(msgpack.Unpacker(file))


def duckdb_rows(query):
    relation = duckdb.sql(query)
    names = relation.columns
    types = [str(kind) for kind in relation.types]
    rows = [dict(zip(names, values)) for values in relation.fetchall()]
    # A column of nulls has the type JSON, whose values are text.
    for name, kind in zip(names, types):
        if kind == "JSON":
            for row in rows:
                row[name] = None if row[name] is None else json.loads(row[name])
    return rows


def json_readers(form):
    lines = form != "json"
    return {
        "datasets": lambda folder: with_cache(
            lambda cache: datasets.load_dataset("json", data_files=path_of(folder, form), cache_dir=cache)
        ),
        "datasets with the card's features": lambda folder: with_cache(
            lambda cache: datasets.load_dataset(
                "json", data_files=path_of(folder, form), features=features_of(folder), cache_dir=cache
            )
        ),
        "datasets, streaming": lambda folder: rows_of(
            datasets.load_dataset("json", data_files=path_of(folder, form), features=features_of(folder), streaming=True)
        ),
        "pandas": lambda folder: pd.read_json(
            path_of(folder, form), lines=lines, dtype=False, precise_float=True
        ).to_dict("records"),
        "DuckDB": lambda folder: duckdb_rows(f"SELECT * FROM read_json('{path_of(folder, form)}')"),
    }


READERS = {
    "parquet": {
        "pandas": lambda folder: [
            row for file in parquet_files(folder) for row in pd.read_parquet(file).to_dict("records")
        ],
        "polars": lambda folder: pl.read_parquet(parquet_files(folder)).to_dicts(),
        "polars, lazily": lambda folder: pl.scan_parquet(parquet_files(folder)).collect().to_dicts(),
        "DuckDB": lambda folder: duckdb_rows(f"SELECT * FROM read_parquet('{folder}/data/*.parquet')"),
        "datasets": lambda folder: with_cache(
            lambda cache: datasets.load_dataset("parquet", data_files=parquet_files(folder), cache_dir=cache)
        ),
    },
    "jsonl": {
        **json_readers("jsonl"),
        "polars": lambda folder: pl.read_ndjson(path_of(folder, "jsonl"), infer_schema_length=None).to_dicts(),
        "polars, lazily": lambda folder: pl.scan_ndjson(path_of(folder, "jsonl"), infer_schema_length=None).collect().to_dicts(),
    },
    "jsonl.gz": json_readers("jsonl.gz"),
    "json": {
        **json_readers("json"),
        "polars": lambda folder: pl.read_json(path_of(folder, "json"), infer_schema_length=None).to_dicts(),
    },
    "msgpack": {
        "msgpack": msgpack_rows,
        "pandas": lambda folder: pd.DataFrame(msgpack_rows(folder)).to_dict("records"),
        "polars": lambda folder: pl.from_dicts(msgpack_rows(folder), infer_schema_length=None).to_dicts(),
        "pyarrow": lambda folder: pa.Table.from_pylist(msgpack_rows(folder)).to_pylist(),
    },
    "webdataset": {
        "webdataset": lambda folder: [
            unpacked_member(sample)
            for sample in wds.WebDataset(tar_files(folder), shardshuffle=False, empty_check=False).decode()
        ],
        "datasets": lambda folder: [
            unpacked_member(row)
            for row in with_cache(
                lambda cache: datasets.load_dataset("webdataset", data_files=tar_files(folder), cache_dir=cache)
            )
        ],
        "datasets, streaming without types": streamed_members,
    },
}


def folder_rows(folder, **how):
    """`load_dataset(folder)`: what the card says."""
    rows = with_cache(lambda cache: datasets.load_dataset(folder, cache_dir=cache, **how))
    return [unpacked_member(row) if "__key__" in row else row for row in rows]


READERS["folder"] = {
    "datasets": folder_rows,
    "datasets, streaming": lambda folder: folder_rows(folder, streaming=True),
}


def plain(value):
    """As Python's own types, NaN being how pandas says null."""
    if isinstance(value, dict):
        return {name: plain(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and value != value:
        return None
    return value


# `datasets` writes a JSON list anew with ten decimals before it reads it.
TEN_DECIMALS = 1e-10


def difference(found, expected, tolerance, at=()):
    if isinstance(expected, dict) and isinstance(found, dict):
        # A reader may leave out a column, or a field, that is null in every row.
        for name in {**expected, **found}:
            inside = difference(found.get(name), expected.get(name), tolerance, (*at, name))
            if inside:
                return inside
        return None
    if isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
        for place, (one, other) in enumerate(zip(found, expected)):
            inside = difference(one, other, tolerance, (*at, place))
            if inside:
                return inside
        return None
    if "embedding" in at and found is not None and expected is not None and not isinstance(found, list):
        found, expected = float(np.float32(found)), float(np.float32(expected))
    if found == expected and isinstance(found, bool) == isinstance(expected, bool):
        return None
    if isinstance(found, float) and isinstance(expected, float) and abs(found - expected) <= tolerance:
        return None
    return f"at {'.'.join(map(str, at))}: {found!r} where {expected!r} is expected"


def answer(question):
    """What each reader of the format finds."""
    with open(question["expected"], encoding="utf-8") as lines:
        expected = {row["index"]: row for row in map(json.loads, lines)}
    return {
        name: outcome(read, question["dataset"], expected, TEN_DECIMALS if question["isList"] else 0)
        for name, read in READERS[question["format"]].items()
        if name not in question["except"]
    }


def outcome(read, folder, expected, tolerance):
    try:
        rows = [plain(row) for row in read(folder)]
    except BaseException as error:
        cause = f" <- {error.__cause__!r}" if error.__cause__ else ""
        return {"error": f"{type(error).__name__}: {error}{cause}"[:600]}
    found = {"rows": len(rows)}
    for row in rows:
        different = difference(row, expected.get(row["index"], {}), tolerance, (row["index"],))
        if different:
            return {**found, "difference": different}
    return found


if __name__ == "__main__":
    for line in sys.stdin:
        with redirect_stdout(sys.stderr):
            found = answer(json.loads(line))
        print(json.dumps(found), flush=True)

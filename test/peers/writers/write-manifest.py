"""Writes the same pairs with pandas, Polars and pyarrow, a file for each line {"writer": …, "file": …, "rows": …}."""
import base64
import json
import sys

import datasets
import pandas
import polars
import pyarrow
import pyarrow.parquet


def unpacked(value):
    """Bytes come as {"base64": …}."""
    if not isinstance(value, dict):
        return value
    if "base64" in value:
        return base64.b64decode(value["base64"])
    return {name: unpacked(inner) for name, inner in value.items()}


def write(writer: str, file: str, rows: list) -> None:
    frame = pandas.DataFrame(rows)
    table = pyarrow.Table.from_pylist(rows)
    kind, _, detail = writer.partition(":")
    if file.endswith(".zst"):  # pandas would need a module of its own for it
        with pyarrow.CompressedOutputStream(file, "zstd") as out:
            out.write(frame.to_csv(index=False).encode())
    elif kind == "pandas.to_csv":
        frame.to_csv(file, index=detail == "index", sep=";" if detail == "semicolon" else ",", encoding=detail if detail.startswith("utf") else "utf-8")
    elif kind == "pandas.to_json":
        frame.to_json(file, orient=detail or "columns", force_ascii=False)
    elif kind == "pandas.to_json_lines":
        frame.to_json(file, orient="records", lines=True)
    elif kind == "pandas.to_parquet":
        frame.to_parquet(file)
    elif kind == "polars.write_parquet":
        polars.DataFrame(rows).write_parquet(file, compression=detail or "zstd")
    elif kind == "polars.write_csv":
        polars.DataFrame(rows).write_csv(file)
    elif kind == "polars.write_ndjson":
        polars.DataFrame(rows).write_ndjson(file)
    elif kind == "datasets":
        datasets.Dataset.from_list(rows).to_parquet(file)
    elif kind == "pyarrow":
        version = "2.0" if detail == "v2" else "1.0"
        codec = "snappy" if detail in ("v1", "v2", "groups") else detail
        size = 2 if detail == "groups" else None
        options = {"use_dictionary": False, "data_page_size": 2000} if detail == "gzip" else {}
        pyarrow.parquet.write_table(table, file, compression=codec, data_page_version=version, row_group_size=size, **options)
    else:
        raise ValueError(writer)


for line in sys.stdin:
    question = json.loads(line)
    write(question["writer"], question["file"], [unpacked(row) for row in question["rows"]])
    print(json.dumps("written"), flush=True)

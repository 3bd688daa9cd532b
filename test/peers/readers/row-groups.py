"""Which row groups of a Parquet file a filter leaves to be read, and what each reader then finds.

A question is {"file": path, "column": name, "field": name or null, "value": v}; the answer {"groups": n, "left": n, "rows": [n of
each reader]}."""
import json
import sys

import duckdb
import polars as pl
import pyarrow.compute as pc
import pyarrow.dataset as pads
import pyarrow.parquet as pq

for line in sys.stdin:
    question = json.loads(line)
    file, column, field, value = question["file"], question["column"], question["field"], question["value"]
    place = (column, field) if field else (column,)
    wanted = pc.field(*place) == value
    data = pads.dataset(file)
    (fragment,) = data.get_fragments()
    name = f'"{column}"."{field}"' if field else f'"{column}"'
    lazily = pl.col(column).struct.field(field) if field else pl.col(column)
    answer = {
        "groups": pq.ParquetFile(file).metadata.num_row_groups,
        "left": len(fragment.split_by_row_group(wanted)),
        "rows": [
            data.count_rows(filter=wanted),
            duckdb.execute(f"SELECT count(*) FROM '{file}' WHERE {name} = ?", [value]).fetchone()[0],
            pl.scan_parquet(file).filter(lazily == value).collect().height,
        ],
    }
    print(json.dumps(answer), flush=True)

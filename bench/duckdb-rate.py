"""Rows a CPU second that DuckDB writes as Parquet, for bench/merge.ts: a JSON line with a Parquet file, a folder and rounds in, the rate out."""
import json
import sys
import time
from pathlib import Path

import duckdb

asked = json.loads(sys.stdin.readline())
database = duckdb.connect()
database.execute("SET threads = 1")
database.execute(f"CREATE TABLE rows AS SELECT * FROM read_parquet('{asked['file']}')")
(count,) = database.execute("SELECT count(*) FROM rows").fetchone()
rates = []
for _ in range(asked["rounds"]):
    out = Path(asked["folder"]) / "duckdb.parquet"
    out.unlink(missing_ok=True)
    begin = time.process_time()
    database.execute(f"COPY rows TO '{out}' (FORMAT parquet, COMPRESSION snappy)")
    rates.append(count / (time.process_time() - begin))
print(json.dumps({"rate": sorted(rates)[len(rates) // 2], "sizeBytes": out.stat().st_size}), flush=True)

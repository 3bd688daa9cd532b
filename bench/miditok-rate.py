"""Files a CPU second that the real MidiTok turns into ids, for bench/tokens.ts: a JSON line with tokenizers and files in, rates out."""
import json
import sys
import time
import warnings
from pathlib import Path

import miditok
from symusic import Score

warnings.simplefilter("ignore")
asked = json.loads(sys.stdin.readline())
files = [Path(file).read_bytes() for file in asked["files"]]
for name, saved in asked["tokenizers"].items():
    path = Path(asked["folder"]) / "tokenizer.json"
    path.write_text(saved)
    tokenizer = getattr(miditok, json.loads(saved)["tokenization"])(params=path)
    rates = []
    wall_rates = []
    for _ in range(asked["rounds"]):
        begin = time.process_time()
        wall_begin = time.perf_counter()
        for file in files:
            tokenizer.encode(Score.from_midi(file))
        rates.append(len(files) / (time.process_time() - begin))
        wall_rates.append(len(files) / (time.perf_counter() - wall_begin))
    print(json.dumps({"name": name, "rate": sorted(rates)[len(rates) // 2], "wall_rate": sorted(wall_rates)[len(rates) // 2]}), flush=True)

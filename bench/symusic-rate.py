"""Files a CPU second that the real symusic reads, for bench/decode.ts: warmed up and timed as its other contenders are."""
import json
import sys
import time
from pathlib import Path

from symusic import Score

asked = json.loads(sys.stdin.readline())
files = [Path(file).read_bytes() for file in asked["files"]]


def run_for(milliseconds):
    end = time.perf_counter() + milliseconds / 1000
    count = 0
    while time.perf_counter() < end:
        for file in files:
            Score.from_midi(file)
        count += len(files)
    return count


run_for(asked["warmUpMs"])
begin = time.process_time()
count = run_for(asked["timedMs"])
print(count / (time.process_time() - begin))

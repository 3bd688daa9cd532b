"""Token files for MidiTok's DatasetJSON and DataCollator, which need torch. First:

    midiloom process --input_file data/pairs.jsonl --output_dir run --text_encoder none \
        --max_sequence_length 510 --sequence_policy split --output_format miditok
    python examples/miditok_collator.py run/dataset
"""
import json
import sys
from pathlib import Path

import miditok

folder = Path(sys.argv[1])
kind = getattr(miditok, json.loads((folder / "tokenizer.json").read_text())["tokenization"])
tokenizer = kind(params=folder / "tokenizer.json")
files = sorted((folder / "tokens").glob("*/*.json"))
print(f"{len(files)} files; the longest has {max(len(json.loads(f.read_text())['ids']) for f in files)} ids")
try:
    from miditok.pytorch_data import DataCollator, DatasetJSON
    from torch.utils.data import DataLoader
except ImportError:
    sys.exit("torch is not installed; MidiTok's data sets need it")
special = {"bos_token_id": tokenizer["BOS_None"], "eos_token_id": tokenizer["EOS_None"]}
dataset = DatasetJSON(files, max_seq_len=512, **special)
collator = DataCollator(tokenizer.pad_token_id, copy_inputs_as_labels=True)
batch = next(iter(DataLoader(dataset, batch_size=4, collate_fn=collator)))
print({name: tuple(values.shape) for name, values in batch.items()})

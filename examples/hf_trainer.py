"""Rows of Parquet for transformers.Trainer. First:

    midiloom process --input_file data/pairs.jsonl --output_dir run --text_encoder none \
        --max_sequence_length 512 --sequence_policy split --row_per_window
    python examples/hf_trainer.py run/dataset
"""
import sys

from datasets import load_dataset
from transformers import AutoTokenizer

folder = sys.argv[1]
tokenizer = AutoTokenizer.from_pretrained(f"{folder}/hf_tokenizer")
rows = load_dataset(folder, split="train").select_columns(["midi_tokens"]).rename_column("midi_tokens", "input_ids")


try:
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainingArguments
except ImportError:
    torch = None


def collate(batch):
    """What `data_collator` of a Trainer wants: padded ids, a mask, and labels that leave the padding out."""
    padded = tokenizer.pad({"input_ids": [row["input_ids"] for row in batch]}, return_tensors="pt" if torch else "np")
    labels = padded["input_ids"].clone() if torch else padded["input_ids"].copy()
    labels[padded["attention_mask"] == 0] = -100
    return {**padded, "labels": labels}


batch = collate([rows[at] for at in range(min(4, len(rows)))])
print(f"{len(rows)} rows; a batch of {tuple(batch['input_ids'].shape)}")
if torch is None:
    sys.exit("torch is not installed; Trainer needs it")
config = GPT2Config(vocab_size=len(tokenizer), n_positions=512, n_layer=2, n_head=2, n_embd=64)
arguments = TrainingArguments("trained", max_steps=10, per_device_train_batch_size=4, remove_unused_columns=False)
Trainer(GPT2LMHeadModel(config), arguments, train_dataset=rows, data_collator=collate).train()

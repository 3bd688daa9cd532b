"""Loads a folder as people do and answers what a model or a collator asks of it; a question is {"folder": path, "ids": [...]}."""
import json
import sys
from contextlib import redirect_stdout

with redirect_stdout(sys.stderr):
    from transformers import AutoTokenizer

for line in sys.stdin:
    question = json.loads(line)
    with redirect_stdout(sys.stderr):
        tokenizer = AutoTokenizer.from_pretrained(question["folder"])
    tokens = tokenizer.convert_ids_to_tokens(question["ids"])
    padded = tokenizer.pad([{"input_ids": question["ids"]}, {"input_ids": question["ids"][:1]}])
    answer = {
        "size": len(tokenizer),
        "vocabulary": tokenizer.get_vocab(),
        "ids": tokenizer(" ".join(tokens), add_special_tokens=False)["input_ids"],
        "text": tokenizer.decode(question["ids"]),
        "special": [tokenizer.pad_token, tokenizer.bos_token, tokenizer.eos_token, tokenizer.mask_token],
        "padding": padded["input_ids"][1][1:],
    }
    print(json.dumps(answer), flush=True)

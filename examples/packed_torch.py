"""Packed ids in PyTorch. First:

    midiloom process --input_file data/pairs.jsonl --output_dir run --text_encoder hashing \
        --max_sequence_length 512 --sequence_policy split --output_format packed --add_bos --add_eos --pad
    python examples/packed_torch.py run/dataset/packed/train
"""
import sys

import numpy

HEADER_BYTES = 34


class Packed:
    """A Dataset for torch.utils.data.DataLoader: each item a window of ids, and the embedding of its caption where there is one."""

    def __init__(self, stem):
        with open(f"{stem}.idx", "rb") as index:
            header = index.read(HEADER_BYTES)
            count = int.from_bytes(header[18:26], "little")
            self.lengths = numpy.fromfile(index, numpy.int32, count)
            self.offsets = numpy.fromfile(index, numpy.int64, count)
        self.ids = numpy.memmap(f"{stem}.bin", {8: numpy.uint16, 4: numpy.int32}[header[17]], "r")
        try:
            self.embeddings = numpy.load(f"{stem}.embeddings.npy", mmap_mode="r")
        except FileNotFoundError:
            self.embeddings = None

    def __len__(self):
        return len(self.lengths)

    def __getitem__(self, at):
        start = self.offsets[at] // self.ids.itemsize
        ids = self.ids[start : start + self.lengths[at]].astype(numpy.int64)
        item = {"input_ids": ids, "labels": ids}
        return item if self.embeddings is None else {**item, "caption": numpy.array(self.embeddings[at])}


if __name__ == "__main__":
    dataset = Packed(sys.argv[1])
    print(f"{len(dataset)} windows; the first: {dataset[0]['input_ids'][:8].tolist()}")
    try:
        from torch.utils.data import DataLoader
    except ModuleNotFoundError:
        sys.exit("torch is not installed; this is all that it is needed for")
    batch = next(iter(DataLoader(dataset, batch_size=4, shuffle=True)))
    print({name: tuple(values.shape) for name, values in batch.items()})

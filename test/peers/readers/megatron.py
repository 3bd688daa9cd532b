"""Reads indexed ids with Megatron-LM's own reader. It wants torch for a base class and a type only, which are stood in for.

A question is a path without .bin and .idx; the answer {"sequences": [[…]], "documents": […], "type": name}."""
import importlib.util
import json
import pathlib
import sys
import types


def stand_in(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module
    return module


data = stand_in("torch.utils.data", Dataset=object)
utils = stand_in("torch.utils", data=data)
stand_in("torch", utils=utils, Tensor=object)
for name in ("megatron", "megatron.core", "megatron.core.datasets"):
    stand_in(name).__path__ = []
nothing = lambda *_: None
stand_in(
    "megatron.core.datasets.object_storage_utils",
    is_object_storage_path=lambda _: False,
    **{
        name: nothing
        for name in (
            "S3Config",
            "ObjectStorageConfig",
            "cache_index_file",
            "dataset_exists",
            "get_index_cache_path",
            "get_object_storage_access",
            "parse_s3_path",
        )
    },
)
stand_in("megatron.core.msc_utils", MultiStorageClientFeature=types.SimpleNamespace(is_enabled=lambda: False))
stand_in("megatron.core.utils", log_single_rank=nothing)

site = next(pathlib.Path(path) for path in sys.path if (pathlib.Path(path) / "megatron/core/datasets").is_dir())
spec = importlib.util.spec_from_file_location(
    "megatron.core.datasets.indexed_dataset", site / "megatron/core/datasets/indexed_dataset.py"
)
reader = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reader)

for line in sys.stdin:
    dataset = reader.IndexedDataset(json.loads(line), mmap=True)
    answer = {
        "sequences": [dataset[at].tolist() for at in range(len(dataset))],
        "documents": dataset.document_indices.tolist(),
        "type": dataset.index.dtype.__name__,
    }
    print(json.dumps(answer))

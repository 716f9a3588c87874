"""BERT in PyTorch with the tensor names of the published weights, so that ``graph.build`` takes its state."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from glossight_training.graph import MEAN_OF
from glossight_training.weights import BertConfig, Tensors


class _Attention(nn.Module):
    def __init__(self, config: BertConfig, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = config.heads, dropout
        self.self = nn.ModuleDict({name: nn.Linear(config.hidden, config.hidden) for name in ("query", "key", "value")})
        self.output = _Output(config.hidden, config.hidden, config.epsilon, dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, hidden = x.shape

        def by_head(name: str) -> Tensor:
            part: Tensor = self.self[name](x)
            return part.view(batch, length, self.heads, -1).transpose(1, 2)

        mixed = F.scaled_dot_product_attention(
            by_head("query"),
            by_head("key"),
            by_head("value"),
            attn_mask=mask,
            dropout_p=self.dropout if self.training else 0.0,
        )
        result: Tensor = self.output(mixed.transpose(1, 2).reshape(batch, length, hidden), x)
        return result


class _Output(nn.Module):
    def __init__(self, inputs: int, hidden: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.dense = nn.Linear(inputs, hidden)
        self.LayerNorm = nn.LayerNorm(hidden, epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, residual: Tensor) -> Tensor:
        result: Tensor = self.LayerNorm(self.dropout(self.dense(x)) + residual)
        return result


class _Layer(nn.Module):
    def __init__(self, config: BertConfig, dropout: float) -> None:
        super().__init__()
        self.attention = _Attention(config, dropout)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(config.hidden, config.feed_forward)})
        self.output = _Output(config.feed_forward, config.hidden, config.epsilon, dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        attended = self.attention(x, mask)
        result: Tensor = self.output(F.gelu(self.intermediate["dense"](attended)), attended)
        return result


class Encoder(nn.Module):
    """The encoder whose weights are trained; word-piece embeddings stay as they are."""

    def __init__(self, config: BertConfig, dropout: float) -> None:
        super().__init__()
        self.config = config
        self.embeddings = nn.ModuleDict(
            {
                "word_embeddings": nn.Embedding(config.vocabulary, config.hidden),
                "position_embeddings": nn.Embedding(config.positions, config.hidden),
                "token_type_embeddings": nn.Embedding(2, config.hidden),
                "LayerNorm": nn.LayerNorm(config.hidden, config.epsilon),
            }
        )
        self.dropout = nn.Dropout(dropout)
        layers = nn.ModuleList(_Layer(config, dropout) for _ in range(config.layers))
        self.encoder = nn.ModuleDict({"layer": layers})
        self.embeddings["word_embeddings"].requires_grad_(False)

    @property
    def layers(self) -> Iterator[nn.Module]:
        """From the first to the last."""
        return self.encoder["layer"].children()

    def load(self, tensors: Tensors) -> None:
        """Take the published weights."""
        own = self.state_dict()
        self.load_state_dict({name: torch.tensor(tensors[name]) for name in own})

    def tensors(self) -> Tensors:
        """Its weights as ``graph.build`` takes them."""
        return {name: value.detach().float().numpy() for name, value in self.state_dict().items()}

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Encode ``[batch, length]`` pieces, of which a boolean mask marks the real ones.

        Returns the mean of the last four layers and the last layer, both ``[batch, length, hidden]``.
        """
        table = self.embeddings
        kinds, places = table["token_type_embeddings"], table["position_embeddings"]
        positions = torch.arange(pieces.shape[1])
        place = places(positions) + kinds(torch.zeros_like(positions))
        x: Tensor = self.dropout(table["LayerNorm"](table["word_embeddings"](pieces) + place))
        visible = mask[:, None, None, :]
        states = []
        for layer in self.layers:
            x = layer(x, visible)
            states.append(x)
        return torch.stack(states[-MEAN_OF:]).mean(0), x

"""Tiny models with random weights: no words worth reading, but the real libraries load them.

`marian_int8` writes the binary format of Marian as converted for Firefox (int8 weights with their
multipliers, an SSRU decoder); `ctranslate2_marian` and `ctranslate2_nllb` go through the
converter's own model specification.
"""

import io
import struct
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import sentencepiece

ENGLISH = [
    "We study an effect of heat on a small model.",
    "It is X0X times larger than before.",
    "It holds in all cases.",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 .,:;()-'",
]
JAPANESE = [
    "本研究では小さいモデルに対する熱の効果を調べる。",
    "これは X0X 倍大きい。",
    "すべての場合に成り立つ。",
]


def sentencepiece_model(lines: Iterable[str], size: int, *, marian: bool = True) -> bytes:
    """Train a SentencePiece model of about `size` pieces on `lines`."""
    written = io.BytesIO()
    ids = {"bos_id": -1, "eos_id": 0, "unk_id": 1} if marian else {}
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([line for line in lines for _ in range(20)]),
        model_writer=written,
        vocab_size=size,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
        num_threads=1,
        **ids,
    )
    return written.getvalue()


def pieces_of(model: bytes) -> list[str]:
    """The pieces of a SentencePiece model, by number."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    return [processor.id_to_piece(number) for number in range(processor.get_piece_size())]


END_BIAS = 7.0
FLOAT, INT8, INT8_WITH_MULTIPLIER = 0x404, 0x101, 0x4101
Item = tuple[int, tuple[int, ...], bytes]


def _floats(values: np.ndarray) -> Item:
    return FLOAT, values.shape, values.astype("<f4").tobytes()


def _int8(values: np.ndarray, *, transposed: bool) -> Item:
    multiplier = 127 / np.abs(values).max()
    stored = values.T if transposed else values
    rounded = np.clip(np.round(stored * multiplier), -127, 127).astype("i1")
    data = rounded.tobytes() + struct.pack("<f", multiplier)
    return INT8_WITH_MULTIPLIER, values.shape, data


class _Weights:
    def __init__(self, width: int, inner: int, seed: int) -> None:
        self.items: dict[str, Item] = {}
        self._width = width
        self._inner = inner
        self._random = np.random.default_rng(seed)

    def embedding(self, name: str, size: int) -> None:
        self.items[name] = _int8(self._values(size, self._width), transposed=False)

    def affine(self, name: str, rows: int, columns: int) -> None:
        self.items[name] = _int8(self._values(rows, columns), transposed=True)
        self.items[f"{name}_QuantMultA"] = _floats(np.array([[12.0]]))

    def zeros(self, name: str, size: int) -> None:
        self.items[name] = _floats(np.zeros((1, size)))

    def norm(self, name: str) -> None:
        self.items[f"{name}_ln_scale"] = _floats(np.ones((1, self._width)))
        self.zeros(f"{name}_ln_bias", self._width)

    def attention(self, name: str) -> None:
        for part in "qkvo":
            self.affine(f"{name}_W{part}", self._width, self._width)
            self.zeros(f"{name}_b{part}", self._width)
        self.norm(f"{name}_Wo")

    def feed_forward(self, name: str) -> None:
        self.affine(f"{name}_W1", self._width, self._inner)
        self.zeros(f"{name}_b1", self._inner)
        self.affine(f"{name}_W2", self._inner, self._width)
        self.zeros(f"{name}_b2", self._width)
        self.norm(f"{name}_ffn")

    def recurrent(self, name: str) -> None:
        self.affine(f"{name}_W", self._width, self._width)
        self.affine(f"{name}_Wf", self._width, self._width)
        self.zeros(f"{name}_bf", self._width)
        self.norm(f"{name}_ffn")

    def _values(self, *shape: int) -> np.ndarray:
        return self._random.normal(0, 0.5, shape)


def _marian_file(items: dict[str, Item]) -> bytes:
    """Marian's binary format: version, headers, names, shapes, padding, then the data."""
    padded = {
        name: (t, s, data + b"\0" * (-len(data) % 256)) for name, (t, s, data) in items.items()
    }
    out = struct.pack("<QQ", 1, len(padded))
    for name, (kind, shape, data) in padded.items():
        out += struct.pack("<QQQQ", len(name) + 1, kind, len(shape), len(data))
    out += b"".join(name.encode() + b"\0" for name in padded)
    out += b"".join(struct.pack(f"<{len(shape)}i", *shape) for _, shape, _ in padded.values())
    gap = -(len(out) + 8) % 256
    out += struct.pack("<Q", gap) + b"\0" * gap
    return out + b"".join(data for _, _, data in padded.values())


def marian_int8(folder: Path, *, width: int = 32, inner: int = 64, seed: int = 0) -> Path:
    """Write a model for en-ja as Firefox has them, one layer each way, and return its folder."""
    source, target = sentencepiece_model(ENGLISH, 120), sentencepiece_model(JAPANESE, 60)
    weights = _Weights(width, inner, seed)
    weights.embedding("encoder_Wemb", len(pieces_of(source)))
    weights.embedding("decoder_Wemb", len(pieces_of(target)))
    scale = struct.pack("b", 127) + struct.pack("<f", 16.0)
    weights.items["decoder_Wemb_QuantMultA"] = (INT8_WITH_MULTIPLIER, (1, 1), scale)
    weights.zeros("decoder_ff_logit_out_b", len(pieces_of(target)))
    weights.attention("encoder_l1_self")
    weights.feed_forward("encoder_l1_ffn")
    weights.recurrent("decoder_l1_rnn")
    weights.attention("decoder_l1_context")
    weights.feed_forward("decoder_l1_ffn")
    described = (
        f"dim-emb: {width}\nenc-depth: 1\ndec-depth: 1\ntransformer-heads: 4\n"
        f"transformer-dim-ffn: {inner}\ntype: transformer\ntransformer-decoder-autoreg: rnn\n"
        "dec-cell: ssru\n\0"
    ).encode()
    weights.items["special:model.yml"] = (INT8, (len(described),), described)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.enja.intgemm.alphas.bin").write_bytes(_marian_file(weights.items))
    (folder / "srcvocab.enja.spm").write_bytes(source)
    (folder / "trgvocab.enja.spm").write_bytes(target)
    return folder


def ctranslate2_marian(folder: Path, *, seed: int = 2) -> Path:
    """Write a Marian model as `convert_model` does, with its two tokenisers."""
    source, target = sentencepiece_model(ENGLISH, 120), sentencepiece_model(JAPANESE, 60)
    vocabulary = list(dict.fromkeys([*pieces_of(source), *pieces_of(target), "<pad>"]))
    _write_ctranslate2(folder, vocabulary, start="<pad>", seed=seed)
    (folder / "source.spm").write_bytes(source)
    (folder / "target.spm").write_bytes(target)
    return folder


def ctranslate2_multilingual(folder: Path, languages: tuple[str, str], *, seed: int = 4) -> Path:
    """Write an M2M (`("__en__", "__ja__")`) or NLLB (`("eng_Latn", "jpn_Jpan")`) model."""
    shared = sentencepiece_model([*ENGLISH, *JAPANESE], 180, marian=False)
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>"]
    vocabulary += [piece for piece in pieces_of(shared) if piece not in vocabulary]
    _write_ctranslate2(folder, [*vocabulary, *languages], start="</s>", seed=seed)
    (folder / "sentencepiece.bpe.model").write_bytes(shared)
    return folder


def _write_ctranslate2(folder: Path, vocabulary: list[str], *, start: str, seed: int) -> None:
    from ctranslate2.specs import TransformerSpec

    spec = TransformerSpec.from_config((1, 1), 4, pre_norm=False, no_final_norm=True)
    random = np.random.default_rng(seed)
    width, inner, size = 32, 64, len(vocabulary)
    for layer in [*spec.encoder.layer, *spec.decoder.layer]:
        _fill_attention(layer.self_attention, random, width)
        _fill(layer.ffn.linear_0, random, inner, width)
        _fill(layer.ffn.linear_1, random, width, inner)
        _fill_norm(layer.ffn.layer_norm, width)
    for layer in spec.decoder.layer:
        _fill_attention(layer.attention, random, width, crossed=True)
    embedding = random.normal(0, 0.5, (size, width)).astype("float32")
    spec.encoder.embeddings[0].weight = embedding
    spec.decoder.embeddings.weight = embedding
    spec.decoder.projection.weight = random.normal(0, 0.5, (size, width)).astype("float32")
    bias = np.zeros(size, dtype="float32")
    # So that the end comes now and then: untrained models rarely stop by themselves.
    bias[vocabulary.index("</s>")] = END_BIAS
    spec.decoder.projection.bias = bias
    positions = random.normal(0, 0.1, (512, width)).astype("float32")
    spec.encoder.position_encodings.encodings = positions
    spec.decoder.position_encodings.encodings = positions
    spec.config.decoder_start_token = start
    spec.config.add_source_eos = False
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


def _fill(linear: object, random: np.random.Generator, rows: int, columns: int) -> None:
    linear.weight = random.normal(0, 0.5, (rows, columns)).astype("float32")  # type: ignore[attr-defined]
    linear.bias = np.zeros(rows, dtype="float32")  # type: ignore[attr-defined]


def _fill_norm(norm: object, width: int) -> None:
    norm.gamma = np.ones(width, dtype="float32")  # type: ignore[attr-defined]
    norm.beta = np.zeros(width, dtype="float32")  # type: ignore[attr-defined]


def _fill_attention(
    attention: object, random: np.random.Generator, width: int, *, crossed: bool = False
) -> None:
    for linear, rows in zip(
        attention.linear,  # type: ignore[attr-defined]
        [width, 2 * width, width] if crossed else [3 * width, width],
        strict=True,
    ):
        _fill(linear, random, rows, width)
    _fill_norm(attention.layer_norm, width)  # type: ignore[attr-defined]

"""How fast the engine ctranslate2 is next to Hugging Face's `generate` on the same weights.

    python benchmarks/engines.py --sentences some.en [--cache DIR] [--count 100] [--beam 4]

Needs papersite[ctranslate2,convert]. Makes, once and in --cache, a Marian model of base size
(6+6 layers, 512 wide, 8 heads, 32,000 pieces) with random weights and its conversion to int8 by
`manage.py convert_model`. --sentences is a text file of one English sentence a line.

Random weights do not know where to stop, so both sides write exactly --length tokens for every
sentence, with the same beam. Hugging Face gets one sentence at a time (batch 1, float32) as a
plain script would; the engine gets them all and forms its own batches. Both use two threads of
the CPU. Printed are the medians of --rounds rounds, taken in turn, and their ratio.
"""

import argparse
import itertools
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from apps.translation.engines.base import Result
from apps.translation.engines.ctranslate2 import CTranslate2Engine
from apps.translation.engines.model_tokens import Tokens

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "papersite.settings.test")

THREADS = 2
PIECES = 32_000
DEFAULT_CACHE = Path.home() / ".cache" / "papersite" / "benchmarks"


def checkpoint_in(cache: Path, sentences: list[str]) -> Path:
    """Return the folder of a random Marian checkpoint, made on the first call."""
    folder = cache / "marian-base-random"
    if (folder / "model.safetensors").is_file():
        return folder
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel

    folder.mkdir(parents=True, exist_ok=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_prefix=str(folder / "source"),
        vocab_size=8000,
        hard_vocab_limit=False,
        bos_id=-1,
        eos_id=0,
        unk_id=1,
        minloglevel=2,
    )
    (folder / "source.model").rename(folder / "source.spm")
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    # Filled up with kana, so that what a random model writes passes for Japanese.
    kana = map("".join, itertools.product("アイウエオカキクケコサシスセソタチツテト", repeat=4))
    pieces += itertools.islice(kana, PIECES - 1 - len(pieces))
    pieces.append("<pad>")
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), "utf-8")
    names = {
        "source_lang": "en",
        "target_lang": "ja",
        "model_max_length": 512,
        "tokenizer_class": "MarianTokenizer",
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(names))
    torch.manual_seed(1)
    config = MarianConfig(
        vocab_size=PIECES,
        d_model=512,
        encoder_layers=6,
        decoder_layers=6,
        encoder_attention_heads=8,
        decoder_attention_heads=8,
        encoder_ffn_dim=2048,
        decoder_ffn_dim=2048,
        max_position_embeddings=512,
        pad_token_id=PIECES - 1,
        eos_token_id=0,
        decoder_start_token_id=PIECES - 1,
        forced_eos_token_id=None,
    )
    MarianMTModel(config).save_pretrained(folder)
    return folder


def converted_in(cache: Path, sentences: list[str]) -> Path:
    """Return the folder of the same model, converted to int8 by our own command."""
    folder = cache / "marian-base-random-int8"
    if not (folder / "model.bin").is_file():
        import django
        from django.core.management import call_command

        django.setup()
        call_command("convert_model", str(checkpoint_in(cache, sentences)), str(folder))
    return folder


class FixedLengthEngine(CTranslate2Engine):
    """The engine as it is, but that every translation has `length` tokens and needs no end."""

    def __init__(self, *, length: int, **options: Any) -> None:
        super().__init__(max_decoding_length=length, **options)
        self._decoding["min_decoding_length"] = length

    def _result(self, tokens: Tokens, written: list[str]) -> Result:
        return Result(tokens.decode(written) or "ア")


def fixed_length_engine(
    cache: Path, sentences: list[str], *, length: int, beam: int
) -> FixedLengthEngine:
    """Return the engine on the converted model, loaded."""
    engine = FixedLengthEngine(
        model=converted_in(cache, sentences),
        length=length,
        beam_size=beam,
        intra_threads=THREADS,
    )
    engine.check()
    return engine


def hugging_face(checkpoint: Path, *, length: int, beam: int) -> Callable[[list[str]], list[str]]:
    """Return a function that translates sentences one by one with `generate`."""
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    torch.set_num_threads(THREADS)
    tokeniser = MarianTokenizer.from_pretrained(checkpoint)
    model = MarianMTModel.from_pretrained(checkpoint).eval()

    def translate(sentences: list[str]) -> list[str]:
        texts = []
        with torch.inference_mode():
            for sentence in sentences:
                asked = tokeniser(sentence, return_tensors="pt")
                written = model.generate(
                    **asked, num_beams=beam, min_new_tokens=length, max_new_tokens=length
                )
                assert written.shape[1] == length + 1
                texts.append(tokeniser.decode(written[0], skip_special_tokens=True))
        return texts

    return translate


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def sentences_in(path: Path) -> list[str]:
    """Return the lines of `path` that are sentences of a length that abstracts have."""
    lines = [" ".join(line.split()) for line in path.read_text("utf-8").splitlines()]
    return [line for line in lines if 20 <= len(line) <= 400]


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--length", type=int, default=40)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    known = sentences_in(given.sentences)
    chosen = known[: given.count]
    checkpoint = checkpoint_in(given.cache, known)
    theirs = hugging_face(checkpoint, length=given.length, beam=given.beam)
    ours = fixed_length_engine(given.cache, known, length=given.length, beam=given.beam)
    theirs(chosen[:3])
    ours.translate(chosen[:3], "en", "ja")
    rounds = [
        (
            seconds(lambda: theirs(chosen)),
            seconds(lambda: ours.translate(chosen, "en", "ja")),
        )
        for _ in range(given.rounds)
    ]
    slow, fast = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"{len(chosen)} sentences, {given.length} tokens each, beam {given.beam}")
    print(f"transformers generate, batch 1: {len(chosen) / slow:8.1f} sentences/s")
    print(f"engine ctranslate2, int8:       {len(chosen) / fast:8.1f} sentences/s")
    ratios = ", ".join(f"{a / b:.1f}" for a, b in rounds)
    print(f"ratio: {slow / fast:.1f} (bar: at least 3; rounds: {ratios})")


if __name__ == "__main__":
    main()

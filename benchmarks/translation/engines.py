"""How fast the engine ctranslate2 is next to Hugging Face's `generate` on the same weights.

Needs papersite[ctranslate2,convert]. Makes, once and in --cache, a Marian model of base size
(6+6 layers, 512 wide, 8 heads, 32,000 pieces) with random weights and its conversion to int8 by
`manage.py convert_model`. --sentences is a text file of one English sentence a line; without it
they are those of made papers.

Random weights do not know where to stop, so both sides write exactly --length tokens for every
sentence, with the same beam. Hugging Face gets one sentence at a time (batch 1, float32) as a
plain script would; the engine gets them all and forms its own batches. Both use two threads of
the CPU. Printed are the medians of --rounds rounds, taken in turn, and their ratio.
"""

import argparse
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command

from apps.text.sentences.splitter import split_sentences
from apps.translation.engines.base import Result
from apps.translation.engines.ctranslate2 import CTranslate2Engine
from apps.translation.engines.model_tokens import Tokens
from benchmarks.scaffold.environment import need
from benchmarks.scaffold.made_papers import papers
from benchmarks.scaffold.timing import in_turns, print_ratio

THREADS = 2
PIECES = 32_000
TINY = "--count 4 --length 5 --rounds 1"
MADE = 300


def checkpoint_in(cache: Path, sentences: list[str]) -> Path:
    """Return the folder of a random Marian checkpoint, made on the first call."""
    folder = cache / "marian-base-random"
    if (folder / "model.safetensors").is_file():
        return folder
    need("sentencepiece", "torch", "transformers")
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


def sentences_in(path: Path | None) -> list[str]:
    """Return the lines of a file, or sentences of made papers, of a length that abstracts have."""
    if path:
        lines = [" ".join(line.split()) for line in path.read_text("utf-8").splitlines()]
    else:
        texts = (paper["abstract"] for paper in papers(MADE))
        lines = [found.text for text in texts for found in split_sentences(text)]
    return [line for line in lines if 20 <= len(line) <= 400]


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--sentences", type=Path, help="a sentence a line (made ones)")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--length", type=int, default=40)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)


def run(given: argparse.Namespace) -> None:
    """Measure and print."""
    known = sentences_in(given.sentences)
    chosen = known[: given.count]
    checkpoint = checkpoint_in(given.cache, known)
    theirs = hugging_face(checkpoint, length=given.length, beam=given.beam)
    ours = fixed_length_engine(given.cache, known, length=given.length, beam=given.beam)
    theirs(chosen[:3])
    ours.translate(chosen[:3], "en", "ja")
    taken = in_turns(
        {
            "transformers generate, batch 1": lambda: theirs(chosen),
            "engine ctranslate2, int8": lambda: ours.translate(chosen, "en", "ja"),
        },
        given.rounds,
    )
    print(f"{len(chosen)} sentences, {given.length} tokens each, beam {given.beam}")
    print_ratio(taken, len(chosen), "sentences", bar=3)

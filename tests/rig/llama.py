"""A real llama.cpp server with a model made on the spot: a few hundred kilobytes of random weights.

What it says means nothing, but it is said by the real program, in its real wire format.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import gguf
import numpy as np

EMBEDDING: Final = 64
HEADS: Final = 4
LAYERS: Final = 2
FEED_FORWARD: Final = 128
CONTEXT: Final = 2048
WORDS: Final = [f"{a}{b}{c}" for a in "bdfgklmnprstvz" for b in "aeiou" for c in "lnrst"]
SPECIAL: Final = ["<unk>", "<s>", "</s>"]
MODEL: Final = "random-words"
"""The name by which the server offers the model."""
CHAT_TEMPLATE: Final = (
    "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant:"
)


def write_model(path: Path) -> None:
    """Write a GGUF file with random weights; the same file every time."""
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name(MODEL)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(EMBEDDING)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(EMBEDDING // HEADS)
    _add_vocabulary(writer)
    _add_weights(writer)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _vocabulary() -> tuple[list[str], list[gguf.TokenType]]:
    """Special tokens, one token per byte (so that every prompt can be read), and words."""
    byte_tokens = [f"<0x{value:02X}>" for value in range(256)]
    words = [f"▁{word}" for word in WORDS]
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds += [gguf.TokenType.BYTE] * len(byte_tokens) + [gguf.TokenType.NORMAL] * len(words)
    return [*SPECIAL, *byte_tokens, *words], kinds


def _add_vocabulary(writer: gguf.GGUFWriter) -> None:
    tokens, kinds = _vocabulary()
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(CHAT_TEMPLATE)


def _add_weights(writer: gguf.GGUFWriter) -> None:
    random = np.random.default_rng(seed=7)

    def matrix(rows: int, columns: int) -> np.ndarray[Any, np.dtype[np.float32]]:
        return (random.standard_normal((rows, columns)) * 0.5).astype(np.float32)

    tokens = len(_vocabulary()[0])
    output = matrix(tokens, EMBEDDING)
    output[: tokens - len(WORDS)] = 0.0  # bytes and the end of text score nothing: it says words, as many as asked for
    writer.add_tensor("token_embd.weight", matrix(tokens, EMBEDDING))
    writer.add_tensor("output_norm.weight", np.ones(EMBEDDING, dtype=np.float32))
    writer.add_tensor("output.weight", output)
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"{block}.{name}.weight", np.ones(EMBEDDING, dtype=np.float32))
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"{block}.{name}.weight", matrix(EMBEDDING, EMBEDDING))
        for name in ("ffn_gate", "ffn_up"):
            writer.add_tensor(f"{block}.{name}.weight", matrix(FEED_FORWARD, EMBEDDING))
        writer.add_tensor(f"{block}.ffn_down.weight", matrix(EMBEDDING, FEED_FORWARD))


@contextmanager
def running_llama(folder: Path) -> Iterator[str]:
    """Serve such a model from *folder* on a free port; yields the base address, `/v1` included."""
    model = folder / "random-words.gguf"
    write_model(model)
    xllamacpp: Any = import_module("xllamacpp")  # it comes without types
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model)
    parameters.model_alias = [MODEL]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 2
    parameters.fit_params = parameters.warmup = parameters.ui = False
    server = xllamacpp.Server(parameters)
    yield f"{server.listening_address}/v1"
    del server  # its threads end with it

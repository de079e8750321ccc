package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lanpo.api.policy.Sequence;
import java.util.List;

/**
 * Prompts with completions as the network reads them: side by side, padded on the right, the last
 * token of each left out because nothing follows it.
 */
final class SequenceBatch {
  private final List<Sequence> sequences;
  private final Ngrams ngrams;
  private final int columns;
  private final int completionTokens;

  SequenceBatch(List<Sequence> sequences, DecoderShape shape) {
    this.sequences = sequences;
    this.ngrams = new Ngrams(shape);
    this.columns = sequences.stream().mapToInt(Sequence::length).max().orElseThrow() - 1;
    this.completionTokens = sequences.stream().mapToInt(s -> s.completion().length).sum();
  }

  /** Longest input in tokens. */
  int columns() {
    return columns;
  }

  /** Completion tokens of all sequences, {@code M}. */
  int completionTokens() {
    return completionTokens;
  }

  /** {@code [S, T, n-gram]} the inputs. */
  NDArray inputs(NDManager manager) {
    int width = ngrams.width();
    long[] ids = new long[sequences.size() * columns * width];
    int at = 0;
    for (Sequence sequence : sequences) {
      int length = sequence.length() - 1;
      for (int place = 0; place < columns; place++, at += width) {
        if (place < length) {
          ngrams.write(i -> token(sequence, i), place, ids, at);
        } else {
          ngrams.pad(ids, at);
        }
      }
    }
    return manager.create(ids, new Shape(sequences.size(), columns, width));
  }

  /** {@code [M]} where the hidden states stand after which completion tokens follow. */
  NDArray places(NDManager manager) {
    long[] places = new long[completionTokens];
    int at = 0;
    for (int row = 0; row < sequences.size(); row++) {
      Sequence sequence = sequences.get(row);
      long first = (long) row * columns + sequence.prompt().length - 1;
      for (int i = 0; i < sequence.completion().length; i++) {
        places[at++] = first + i;
      }
    }
    return manager.create(places);
  }

  /** {@code [M]} the completion tokens. */
  NDArray targets(NDManager manager) {
    long[] targets = new long[completionTokens];
    int at = 0;
    for (Sequence sequence : sequences) {
      for (int token : sequence.completion()) {
        targets[at++] = token;
      }
    }
    return manager.create(targets);
  }

  private static int token(Sequence sequence, int index) {
    int prompt = sequence.prompt().length;
    return index < prompt ? sequence.prompt()[index] : sequence.completion()[index - prompt];
  }
}

package io.lanpo.policy.djl.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.batch.NgramIds;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are written in lockstep, with their keys and values: those of the prompts in a {@link
 * PromptKvCache}, those of what was written since in chunks. The last token of a row is not among
 * them; the next step reads it.
 */
final class DecodeBatch implements AutoCloseable {
  /** Rows times tokens of one call; small batches take several tokens at a time. */
  private static final int CALL_SIZE = 64;

  /** Positions that a call may touch beyond the last token that is kept. */
  static final int LONGEST_CALL = 8;

  private final Network network;
  private final int prefillBudget;
  private final StopCondition ending;
  private final List<DecodingSequence> rows;
  private final PromptKvCache bank;
  private final PrefixSharing sharing;
  private final NDManager manager;
  private final IValue chunks;
  private final IValue choice;
  private final long mode;
  private int written;

  private DecodeBatch(
      Network network,
      int prefillBudget,
      StopCondition ending,
      List<DecodingSequence> rows,
      PromptKvCache bank,
      PrefixSharing sharing,
      IValue chunks,
      int written) {
    this.network = network;
    this.prefillBudget = prefillBudget;
    this.ending = ending;
    this.rows = rows;
    this.bank = bank;
    this.sharing = sharing;
    this.chunks = chunks;
    this.written = written;
    manager = network.step();
    mode = SamplerInputs.mode(rows);
    choice = ScriptCall.value(SamplerInputs.of(rows, network.shape().vocabulary(), manager));
  }

  /**
   * Seats rows that have not read their prompts yet, and lets them read.
   *
   * @param share whether rows with one prompt share its keys and values
   */
  static DecodeBatch of(
      Network network,
      int prefillBudget,
      StopCondition ending,
      List<DecodingSequence> rows,
      boolean share) {
    Prefill prefill = new Prefill(network, prefillBudget, ending, rows);
    PrefixSharing sharing =
        share ? PrefixSharing.of(network, prefill.promptOf()) : PrefixSharing.none(network);
    PromptKvCache bank = PromptKvCache.of(network, share ? prefill.lengths() : lengths(rows));
    prefill.read(bank, share ? null : IntStream.range(0, rows.size()).toArray());
    return new DecodeBatch(
        network, prefillBudget, ending, rows, bank, sharing, noChunks(network), 0);
  }

  private static IValue noChunks(Network network) {
    try (ScriptCall call = network.call("chunks")) {
      return call.keep();
    }
  }

  /** Tokens of each row that stand in the cache once it has read its prompt. */
  private static int[] lengths(List<DecodingSequence> rows) {
    return rows.stream().mapToInt(DecodingSequence::cached).toArray();
  }

  /** Seats, those of rows that are done included. */
  int size() {
    return rows.size();
  }

  /** Rows that are not done. */
  int writing() {
    return (int) rows.stream().filter(r -> !r.done()).count();
  }

  /** A seating of the rows that are not done and of new ones, which read their prompts. */
  DecodeBatch with(List<DecodingSequence> admitted) {
    int[] kept = writingRows();
    List<DecodingSequence> all =
        Stream.concat(Arrays.stream(kept).mapToObj(rows::get), admitted.stream()).toList();
    PromptKvCache joined = PromptKvCache.of(network, lengths(all));
    if (kept.length > 0) {
      moveTo(joined, kept);
    }
    close();
    Prefill prefill = new Prefill(network, prefillBudget, ending, admitted);
    prefill.read(joined, IntStream.range(kept.length, all.size()).toArray());
    return new DecodeBatch(
        network,
        prefillBudget,
        ending,
        all,
        joined,
        PrefixSharing.none(network),
        noChunks(network),
        0);
  }

  /** A seating of the rows that are not done. */
  DecodeBatch compacted() {
    int[] kept = writingRows();
    try (NDManager step = network.step();
        ScriptCall call = network.call("keep")) {
      call.share(chunks).add(step.create(PromptKvCache.longs(kept))).run();
    }
    List<DecodingSequence> left = Arrays.stream(kept).mapToObj(rows::get).toList();
    PrefixSharing.Kept shared = sharing.keep(kept);
    PromptKvCache prompts = bank.select(shared.prompts());
    closeAllBut(chunks);
    return new DecodeBatch(
        network, prefillBudget, ending, left, prompts, shared.sharing(), chunks, written);
  }

  private int[] writingRows() {
    return IntStream.range(0, rows.size()).filter(i -> !rows.get(i).done()).toArray();
  }

  /** Copies what rows have read and written to the first prompts of a bank. */
  private void moveTo(PromptKvCache target, int[] kept) {
    int width = Arrays.stream(kept).map(i -> rows.get(i).cached()).max().orElseThrow();
    int[] entries = Arrays.stream(kept).map(sharing::promptOf).toArray();
    long[] columns = new long[kept.length * width];
    for (int i = 0; i < kept.length; i++) {
      int own = bank.length(entries[i]);
      for (int j = 0; j < rows.get(kept[i]).cached(); j++) {
        columns[i * width + j] = j < own ? j : bank.columns() + j - own;
      }
    }
    long[] targets = IntStream.range(0, kept.length).asLongStream().toArray();
    try (NDManager step = network.step();
        ScriptCall call = network.call("move")) {
      call.share(target.values()).add(step.create(targets));
      call.share(bank.values()).add(step.create(PromptKvCache.longs(entries)));
      call.share(chunks).add(step.create(PromptKvCache.longs(kept)));
      call.add(step.create(columns, new Shape(kept.length, width))).run();
    }
  }

  /** Writes the next tokens of every row; rows that end meanwhile ignore what follows. */
  void decode() {
    if (writing() == 0) {
      return;
    }
    int most =
        rows.stream()
            .filter(r -> !r.done())
            .mapToInt(DecodingSequence::remaining)
            .max()
            .orElseThrow();
    int steps = Math.max(1, Math.min(LONGEST_CALL, CALL_SIZE / rows.size()));
    steps = Math.min(steps, most);
    boolean[] idle = new boolean[rows.size()];
    long[] positions = new long[rows.size()];
    for (int i = 0; i < idle.length; i++) {
      idle[i] = rows.get(i).done();
      positions[i] = idle[i] ? 0 : rows.get(i).cached();
    }
    float[] uniform = uniform(steps, idle);
    try (NDManager step = network.step();
        ScriptCall call = network.call("decode")) {
      call.share(network.views()).share(network.matrices(rows.size()));
      call.share(bank.values()).share(chunks).share(bank.mask()).add(bank.masked());
      sharing.addTo(call);
      call.add(lastTokens(step)).add(step.create(positions)).add(network.rotations());
      call.add(written).add(steps).share(choice);
      call.add(step.create(uniform, new Shape(steps, rows.size()))).add(mode);
      append(call.runTuple(), steps, step);
    }
    written += steps;
  }

  private void append(IValue[] parts, int steps, NDManager step) {
    long[] tokens = ScriptCall.array(parts[0], step).toLongArray();
    float[] logProbs = ScriptCall.array(parts[1], step).toFloatArray();
    int at = 0;
    for (int t = 0; t < steps; t++) {
      for (DecodingSequence row : rows) {
        if (!row.done()) {
          row.append((int) tokens[at], logProbs[at], ending);
        }
        at++;
      }
    }
  }

  private float[] uniform(int steps, boolean[] idle) {
    float[] uniform = new float[steps * idle.length];
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < idle.length; i++) {
        uniform[t * idle.length + i] = idle[i] ? 0 : rows.get(i).draw();
      }
    }
    return uniform;
  }

  private NDArray lastTokens(NDManager step) {
    NgramIds ngrams = new NgramIds(network.shape());
    long[] ids = new long[rows.size() * ngrams.width()];
    int at = 0;
    for (DecodingSequence row : rows) {
      ngrams.write(row::token, row.length() - 1, ids, at);
      at += ngrams.width();
    }
    return step.create(ids, new Shape(rows.size(), ngrams.width()));
  }

  private void closeAllBut(@Nullable IValue handedOn) {
    if (chunks != handedOn) {
      chunks.close();
    }
    choice.close();
    bank.close();
    sharing.close();
    manager.close();
  }

  @Override
  public void close() {
    closeAllBut(null);
  }
}

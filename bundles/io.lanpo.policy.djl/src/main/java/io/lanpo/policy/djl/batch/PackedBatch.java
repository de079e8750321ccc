package io.lanpo.policy.djl.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch as the network reads it: the {@code R} tokens with which all its prompts begin, what
 * follows them in each prompt, padded to {@code T} tokens, then completions padded to {@code C},
 * the last token of each left out because nothing follows it. With {@code P} prompts and {@code S}
 * completions these are {@code N = R + P·T + S·C} tokens; {@code M} completion tokens have a loss
 * or a score.
 */
public final class PackedBatch {
  private final List<PromptGroup> groups;
  private final List<Sequence> completions = new ArrayList<>();
  private final List<Integer> members = new ArrayList<>();
  private final long[] groupOf;
  private final NgramIds ngrams;
  private final int prefixLength;
  private final int promptLength;
  private final int completionLength;
  private final int targets;

  /**
   * @param groups the groups of this batch, all with the same prefix
   * @param sequences what the groups' members point to
   */
  PackedBatch(List<PromptGroup> groups, List<Sequence> sequences, DecoderShape shape) {
    this.groups = groups;
    ngrams = new NgramIds(shape);
    List<Long> numbers = new ArrayList<>();
    for (int p = 0; p < groups.size(); p++) {
      for (int member : groups.get(p).members()) {
        members.add(member);
        completions.add(sequences.get(member));
        numbers.add((long) p);
      }
    }
    groupOf = numbers.stream().mapToLong(Long::longValue).toArray();
    prefixLength = groups.get(0).prefix().length();
    promptLength = groups.stream().mapToInt(PromptGroup::rest).max().orElseThrow();
    completionLength =
        completions.stream().mapToInt(s -> s.completion().length - 1).max().orElse(0);
    targets = completions.stream().mapToInt(s -> s.completion().length).sum();
  }

  /** The prompts of groups alone. */
  public static PackedBatch ofPrompts(List<PromptGroup> groups, DecoderShape shape) {
    List<PromptGroup> prompts =
        groups.stream().map(g -> new PromptGroup(g.prompt(), g.prefix(), new int[0], 1)).toList();
    return new PackedBatch(prompts, List.of(), shape);
  }

  /**
   * Batches of all sequences.
   *
   * @param budget most tokens of a batch
   * @param atLeast how many batches there should be, if there is enough to do
   */
  public static List<PackedBatch> divide(
      List<Sequence> sequences, DecoderShape shape, int budget, int atLeast) {
    List<PromptGroup> groups = PromptGroup.of(sequences, budget);
    int tokens = groups.stream().mapToInt(PromptGroup::tokens).sum();
    int prefix = groups.stream().mapToInt(g -> g.prefix().length()).max().orElse(0);
    int share = Math.min(budget, prefix + (tokens + atLeast - 1) / atLeast);
    if (atLeast > 1) {
      groups = PromptGroup.of(sequences, share);
    }
    return BatchPlanner.of(groups, share).stream()
        .map(batch -> new PackedBatch(batch, sequences, shape))
        .toList();
  }

  /** Positions that sequences take, 0 when there are none. */
  public static int longest(List<Sequence> sequences) {
    return sequences.stream().mapToInt(Sequence::length).max().orElse(0);
  }

  /** Tokens that are read, padding included: {@code N}. */
  public int tokens() {
    return prefixLength + groups.size() * promptLength + completions.size() * completionLength;
  }

  /** Which sequences these are, in the order of their tokens in the batch. */
  public List<Integer> members() {
    return members;
  }

  /** Completion tokens, {@code M}. */
  public int targetCount() {
    return targets;
  }

  /** The arguments that every forward pass begins with: tokens, positions, lengths and so on. */
  public List<IValue> layout(Network network, NDManager step) {
    int tokens = tokens();
    long[] ids = new long[tokens * ngrams.width()];
    long[] positions = new long[tokens];
    int at = 0;
    int[] any = groups.get(0).prompt();
    for (; at < prefixLength; at++) {
      write(true, t -> any[t], at, ids, positions, at);
    }
    for (PromptGroup group : groups) {
      int[] prompt = group.prompt();
      for (int i = prefixLength; i < prefixLength + promptLength; i++, at++) {
        write(i < prompt.length, t -> prompt[t], i, ids, positions, at);
      }
    }
    for (Sequence sequence : completions) {
      int before = sequence.prompt().length;
      for (int i = 0; i < completionLength; i++, at++) {
        boolean real = i < sequence.completion().length - 1;
        write(real, t -> token(sequence, t), before + i, ids, positions, at);
      }
    }
    long[] lengths = groups.stream().mapToLong(g -> g.prompt().length).toArray();
    List<IValue> layout = new ArrayList<>();
    layout.add(ScriptCall.value(network.rotations()));
    layout.add(ScriptCall.value(step.create(ids, new Shape(tokens, ngrams.width()))));
    layout.add(ScriptCall.value(step.create(positions)));
    layout.add(ScriptCall.value(step.create(lengths)));
    layout.add(ScriptCall.value(longs(step, groupOf)));
    layout.add(IValue.from((long) prefixLength));
    layout.add(IValue.from((long) promptLength));
    return layout;
  }

  /** What follows {@link #layout} where completions are read: their length, places, and targets. */
  public List<IValue> completionArguments(NDManager step) {
    List<IValue> arguments = new ArrayList<>();
    arguments.add(IValue.from((long) completionLength));
    arguments.add(ScriptCall.value(step.create(places())));
    arguments.add(ScriptCall.value(step.create(targetTokens())));
    return arguments;
  }

  private void write(
      boolean real, NgramIds.TokenView tokens, int place, long[] ids, long[] positions, int at) {
    if (real) {
      ngrams.write(tokens, place, ids, at * ngrams.width());
    } else {
      ngrams.pad(ids, at * ngrams.width());
    }
    positions[at] = place;
  }

  /** {@code [P]} the row of the last token of each prompt. */
  public long[] lastPlaces() {
    long[] last = new long[groups.size()];
    for (int p = 0; p < last.length; p++) {
      last[p] = prefixLength + (long) p * promptLength + groups.get(p).rest() - 1;
    }
    return last;
  }

  /** {@code [M]} the row of the token before each completion token. */
  private long[] places() {
    long[] last = lastPlaces();
    long[] places = new long[targets];
    int at = 0;
    for (int s = 0; s < completions.size(); s++) {
      long first = prefixLength + (long) groups.size() * promptLength + (long) s * completionLength;
      places[at++] = last[(int) groupOf[s]];
      for (int i = 1; i < completions.get(s).completion().length; i++) {
        places[at++] = first + i - 1;
      }
    }
    return places;
  }

  private long[] targetTokens() {
    return completions.stream()
        .flatMapToInt(s -> Arrays.stream(s.completion()))
        .asLongStream()
        .toArray();
  }

  /** An array that may be empty. */
  private static NDArray longs(NDManager manager, long[] values) {
    return values.length == 0
        ? manager.zeros(new Shape(0), DataType.INT64)
        : manager.create(values);
  }

  private static int token(Sequence sequence, int index) {
    int prompt = sequence.prompt().length;
    return index < prompt ? sequence.prompt()[index] : sequence.completion()[index - prompt];
  }
}

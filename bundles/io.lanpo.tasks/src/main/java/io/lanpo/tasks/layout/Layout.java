package io.lanpo.tasks.layout;

import java.util.Optional;

/** The published layouts of well-known data sets. */
public enum Layout {
  /** The fields that the configuration names. */
  NONE,
  /** Grade-school mathematics: the answer stands behind {@code ####}. */
  GSM8K,
  /** Competition mathematics: the answer stands in the last box of the solution. */
  MATH,
  /** Mathematics for reinforcement learning: a prompt of turns, and a nested answer. */
  DAPO_MATH,
  /** Programming problems under names of one's own. */
  CODE,
  /** Python functions with assertions. */
  MBPP,
  /** Python functions that are begun, with a function that checks them. */
  HUMANEVAL,
  /** Programs with inputs and outputs in one text of JSON. */
  APPS,
  /** Programs with public and private tests. */
  LIVECODEBENCH;

  /** The mapping; empty for the one of the configuration. */
  public Optional<Mapping> mapping() {
    return switch (this) {
      case NONE, CODE -> Optional.empty();
      case GSM8K -> Optional.of(new Gsm8k());
      case MATH -> Optional.of(new CompetitionMath());
      case DAPO_MATH -> Optional.of(new DapoMath());
      case MBPP -> Optional.of(new Mbpp());
      case HUMANEVAL -> Optional.of(new HumanEval());
      case APPS -> Optional.of(new Apps());
      case LIVECODEBENCH -> Optional.of(new LiveCodeBench());
    };
  }
}

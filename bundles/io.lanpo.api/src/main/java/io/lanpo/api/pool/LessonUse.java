package io.lanpo.api.pool;

/**
 * How a lesson has served, counted from the experiences that were shown it.
 *
 * @param shown completions that saw a lesson of this wording
 * @param accepted how many of them the verifier accepted
 * @param better how many of them were rewarded above their group's mean
 * @param gain by how much those were rewarded above it, in all: the sum of reward − mean, each 1 at
 *     most, in millionths, for whole numbers have one sum in any order
 * @param loss by how much others were rewarded below it, likewise. Where a lesson changes nothing
 *     gain and loss are the same on average, however hard the problems are; a group of equal
 *     rewards adds to neither
 */
public record LessonUse(long shown, long accepted, long better, long gain, long loss) {
  /** One reward. */
  private static final double UNIT = 1e6;

  /** Of a lesson that nobody has seen. */
  public static final LessonUse NONE = new LessonUse(0, 0, 0, 0, 0);

  /** Where rewards are not known: as if each were one above the mean, or one below. */
  public LessonUse(long shown, long accepted, long better) {
    this(shown, accepted, better, better * (long) UNIT, (shown - better) * (long) UNIT);
  }

  /** What one experience counts. */
  public static LessonUse of(Experience.Outcome outcome) {
    boolean scored = outcome.kind() == Experience.Outcome.Kind.SCORED;
    double above = scored ? outcome.reward() - outcome.baseline() : 0;
    return new LessonUse(
        1, outcome.accepted() ? 1 : 0, above > 0 ? 1 : 0, millionths(above), millionths(-above));
  }

  private static long millionths(double reward) {
    return Math.round(Math.max(0, Math.min(1, reward)) * UNIT);
  }

  /** Both. */
  public LessonUse plus(LessonUse more) {
    return new LessonUse(
        shown + more.shown,
        accepted + more.accepted,
        better + more.better,
        gain + more.gain,
        loss + more.loss);
  }

  /** This one without another that it has counted. */
  public LessonUse minus(LessonUse less) {
    return new LessonUse(
        shown - less.shown,
        accepted - less.accepted,
        better - less.better,
        gain - less.gain,
        loss - less.loss);
  }

  /** {@link #gain()} in rewards. */
  public double totalGain() {
    return gain / UNIT;
  }

  /** {@link #loss()} in rewards. */
  public double totalLoss() {
    return loss / UNIT;
  }
}

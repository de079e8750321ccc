package io.lanpo.tasks.digits;

import java.util.random.RandomGenerator;

/** Shares of skills in a stretch of demonstrations; they sum to 1. */
public record Mix(
    double plain, double principle, double pitfall, double review, double lesson, double drill) {
  public Mix {
    double sum = plain + principle + pitfall + review + lesson + drill;
    if (Math.abs(sum - 1) > 1e-9) {
      throw new IllegalArgumentException("shares sum to 1, got " + sum);
    }
  }

  /** A mix in which drills take a share and the rest keep their proportions. */
  public static Mix withDrill(
      double drill, double plain, double principle, double pitfall, double review, double lesson) {
    double rest = (1 - drill) / (plain + principle + pitfall + review + lesson);
    return new Mix(
        plain * rest, principle * rest, pitfall * rest, review * rest, lesson * rest, drill);
  }

  public Skill draw(RandomGenerator random) {
    double point = random.nextDouble();
    double[] shares = {plain, principle, pitfall, review, lesson};
    for (int i = 0; i < shares.length; i++) {
      point -= shares[i];
      if (point < 0) {
        return Skill.values()[i];
      }
    }
    return drill > 0 ? Skill.DRILL : Skill.LESSON;
  }
}

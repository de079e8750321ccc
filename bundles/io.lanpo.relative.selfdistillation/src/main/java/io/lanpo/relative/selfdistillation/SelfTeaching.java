package io.lanpo.relative.selfdistillation;

import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.libs.objective.Advantages;
import io.lanpo.libs.objective.Baseline;
import io.lanpo.libs.objective.Clip;
import io.lanpo.libs.objective.Item;
import io.lanpo.libs.objective.Spread;
import io.lanpo.libs.objective.StepUpdates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plain completions with what the teaching policy thinks of their tokens. Those with feedback in
 * their prompt are siblings and nothing else.
 *
 * @param teacher composes what the teaching policy reads
 * @param weights whose weights teach
 * @param groupWeight share of the advantage within the group
 * @param gains how the teacher's advantages are shaped
 * @param clip bounds of the ratio
 * @param stepUpdates divides a step
 */
record SelfTeaching(
    Teacher teacher,
    Weights weights,
    double groupWeight,
    Gains gains,
    Clip clip,
    StepUpdates stepUpdates)
    implements Objective.Learning {
  private static final float[] NONE = {};

  @Override
  public boolean needsReference() {
    return weights == Weights.INITIAL;
  }

  @Override
  public boolean trainsFeedbackPrompts() {
    return false;
  }

  @Override
  public int miniBatches() {
    return stepUpdates.miniBatches().most();
  }

  @Override
  public boolean needsDemonstrations() {
    return stepUpdates.replay().demonstrations() > 0;
  }

  @Override
  public List<double[]> advantages(List<JudgedGroup> groups) {
    return Advantages.of(Baseline.MEAN, Spread.GROUP, 1, groups);
  }

  /**
   * A completion that is learned.
   *
   * @param advantage its advantage within the group
   * @param informed what the teaching policy reads; empty when there is no feedback
   */
  private record Pupil(JudgedCompletion completion, double advantage, Optional<Sequence> informed) {
    Sequence plain() {
      return new Sequence(completion.prompt(), completion.tokens());
    }
  }

  @Override
  public Updates updates(JudgedStep step, Means means) {
    Reader reader = new Reader(means.tokenizer());
    List<Pupil> pupils = pupils(step, reader);
    reader.requireSomeRead(step.number());
    List<Pupil> taught = pupils.stream().filter(p -> p.informed().isPresent()).toList();
    List<double[]> gained = gained(taught, means);
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("selfDistillation.taught", taught.size());
    figures.put("selfDistillation.unread", reader.unread());
    figure(figures, "selfDistillation.gain", gained);
    figure(figures, "selfDistillation.gain.accepted", ofAccepted(taught, gained));
    return stepUpdates.of(
        step, items(pupils, gains.shaped(gained)), clip.loss(means.temperature()), figures, means);
  }

  private static void figure(Map<String, Number> figures, String name, List<double[]> gains) {
    if (!gains.isEmpty()) {
      figures.put(name, Gains.mean(gains));
    }
  }

  private List<Pupil> pupils(JudgedStep step, Reader reader) {
    List<Pupil> pupils = new ArrayList<>();
    for (int g = 0; g < step.groups().size(); g++) {
      JudgedGroup group = step.groups().get(g);
      for (int i = 0; i < group.completions().size(); i++) {
        JudgedCompletion completion = group.completions().get(i);
        if (!completion.withFeedback()
            && completion.reward().isPresent()
            && completion.tokens().length > 0) {
          Optional<Sequence> informed =
              teacher
                  .prompt(group, i)
                  .flatMap(reader::tokens)
                  .map(prompt -> new Sequence(prompt, completion.tokens()));
          pupils.add(new Pupil(completion, step.advantages().get(g)[i], informed));
        }
      }
    }
    return pupils;
  }

  /** What the feedback adds to each token of what is taught; both sides are scored alike. */
  private List<double[]> gained(List<Pupil> taught, Means means) {
    if (taught.isEmpty()) {
      return List.of();
    }
    List<Sequence> informed = taught.stream().flatMap(p -> p.informed().stream()).toList();
    List<Sequence> plain = taught.stream().map(Pupil::plain).toList();
    Scorer teaching = needsReference() ? means.reference() : means.policy();
    return Gains.of(
        teaching.logProbs(informed, means.temperature()),
        means.policy().logProbs(plain, means.temperature()));
  }

  /**
   * @param shaped of each pupil that is taught, in order
   */
  private List<Item> items(List<Pupil> pupils, List<double[]> shaped) {
    List<Item> items = new ArrayList<>();
    int next = 0;
    for (Pupil pupil : pupils) {
      double ofGroup = groupWeight * pupil.advantage();
      float[] sampled = pupil.completion().samplingLogProbs();
      if (pupil.informed().isPresent()) {
        double[] ofTeacher = shaped.get(next++);
        float[] tokens = new float[ofTeacher.length];
        for (int t = 0; t < tokens.length; t++) {
          tokens[t] = (float) (ofGroup + (1 - groupWeight) * ofTeacher[t]);
        }
        items.add(new Item(pupil.plain(), tokens, sampled, NONE));
      } else if (ofGroup != 0) {
        items.add(Item.sampled(pupil.plain(), ofGroup, sampled));
      }
    }
    return items;
  }

  private static List<double[]> ofAccepted(List<Pupil> taught, List<double[]> gained) {
    List<double[]> accepted = new ArrayList<>();
    for (int i = 0; i < taught.size(); i++) {
      if (taught.get(i).completion().accepted()) {
        accepted.add(gained.get(i));
      }
    }
    return accepted;
  }
}

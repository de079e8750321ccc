package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.GroupAbstraction;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same parts with prompts that show no worked examples. A policy that learned from answers it
 * gave under examples to give them without (context distillation, arXiv 2112.00861) reads a prompt
 * a fraction as long ever after.
 */
public final class ZeroShotPrompts {
  private ZeroShotPrompts() {}

  /** The parts of a method, their chats cut to the last turn. */
  public static MethodComponents of(MethodComponents parts) {
    return new MethodComponents(
        new BareTask(parts.task()),
        parts.verifier(),
        new BareReflection(parts.reflection()),
        bare(parts.abstraction()),
        parts.scorer(),
        parts.policy(),
        parts.pool(),
        parts.feedback());
  }

  /**
   * A chat without the turns before its last one, save those of the system: they are worked
   * examples. Plain text stays as it is.
   */
  public static Prompt strip(Prompt prompt) {
    if (!(prompt instanceof Prompt.Chat chat)) {
      return prompt;
    }
    List<Message> turns = chat.messages();
    List<Message> kept = new ArrayList<>();
    for (Message turn : turns.subList(0, turns.size() - 1)) {
      if (turn.role() == Message.Role.SYSTEM) {
        kept.add(turn);
      }
    }
    kept.add(turns.get(turns.size() - 1));
    return new Prompt.Chat(kept);
  }

  /** The strategy, its chats cut likewise. */
  static AbstractionStrategy bare(AbstractionStrategy whole) {
    return whole instanceof GroupAbstraction comparing
        ? new BareComparison(comparing)
        : new BareAbstraction(whole);
  }

  private record BareTask(Task whole) implements Task {
    @Override
    public List<Problem> training() {
      return whole.training();
    }

    @Override
    public List<Problem> heldOut() {
      return whole.heldOut();
    }

    @Override
    public Prompt pose(Question question) {
      return strip(whole.pose(question));
    }

    @Override
    public Optional<Curriculum> curriculum() {
      return whole.curriculum();
    }
  }

  private record BareReflection(ReflectionStrategy whole) implements ReflectionStrategy {
    @Override
    public Optional<Prompt> reflect(Question question, Attempt attempt) {
      return whole.reflect(question, attempt).map(ZeroShotPrompts::strip);
    }

    @Override
    public Optional<String> solution(String review) {
      return whole.solution(review);
    }
  }

  private record BareAbstraction(AbstractionStrategy whole) implements AbstractionStrategy {
    @Override
    public Optional<Prompt> distil(JudgedAttempt attempt) {
      return whole.distil(attempt).map(ZeroShotPrompts::strip);
    }

    @Override
    public Optional<String> lesson(String completion) {
      return whole.lesson(completion);
    }

    @Override
    public Prompt apply(Question question, List<Lesson> lessons) {
      return strip(whole.apply(question, lessons));
    }

    @Override
    public Optional<Condensing> condensing() {
      return whole.condensing().map(BareCondensing::new);
    }
  }

  private record BareCondensing(AbstractionStrategy.Condensing whole)
      implements AbstractionStrategy.Condensing {
    @Override
    public Optional<Prompt> prompt(Question question, List<Lesson> lessons) {
      return whole.prompt(question, lessons).map(ZeroShotPrompts::strip);
    }

    @Override
    public Optional<String> text(String completion) {
      return whole.text(completion);
    }

    @Override
    public Prompt apply(Question question, String text) {
      return strip(whole.apply(question, text));
    }
  }

  private record BareComparison(GroupAbstraction whole) implements GroupAbstraction {
    @Override
    public Optional<Prompt> distil(List<JudgedAttempt> group) {
      return whole.distil(group).map(ZeroShotPrompts::strip);
    }

    @Override
    public Optional<String> lesson(String completion) {
      return whole.lesson(completion);
    }

    @Override
    public Prompt apply(Question question, List<Lesson> lessons) {
      return strip(whole.apply(question, lessons));
    }

    @Override
    public Optional<Condensing> condensing() {
      return whole.condensing().map(BareCondensing::new);
    }
  }
}

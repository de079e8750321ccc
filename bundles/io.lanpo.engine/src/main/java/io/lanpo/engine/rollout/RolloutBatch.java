package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The completions of a step while they come in, by problem. */
final class RolloutBatch {
  private final List<Problem> problems = new ArrayList<>();
  private final List<List<FeedbackMode>> plan = new ArrayList<>();
  private final List<List<Rollout>> rollouts = new ArrayList<>();

  /** Of each problem, attempts that were sampled to be reviewed and belong to no group. */
  private final List<List<String>> extra = new ArrayList<>();

  /** How often problems were added. */
  private int rounds;

  /** The first of those that were added last. */
  private int latest;

  /**
   * @param plan {@code [problems][groupSize]}
   */
  RolloutBatch(List<Problem> problems, List<List<FeedbackMode>> plan) {
    add(problems, plan);
  }

  /**
   * Adds problems to those that are there. The slots are theirs from now on.
   *
   * @param planned {@code [more][groupSize]}
   */
  void add(List<Problem> more, List<List<FeedbackMode>> planned) {
    latest = problems.size();
    rounds++;
    problems.addAll(more);
    plan.addAll(planned);
    for (Problem unused : more) {
      rollouts.add(new ArrayList<>());
      extra.add(new ArrayList<>());
    }
  }

  /** How often problems were added, at the begin included. */
  int rounds() {
    return rounds;
  }

  /** How many problems there are. */
  int size() {
    return problems.size();
  }

  /** How many problems have completions with differing rewards. */
  int varied() {
    return (int)
        IntStream.range(0, problems.size()).filter(problem -> group(problem).varied()).count();
  }

  /**
   * Completions that share a prompt.
   *
   * @param problem index of the problem
   * @param mode the planned mode
   * @param turn counts the slots of one problem and mode, from 0
   * @param count how many completions
   */
  record Slot(int problem, FeedbackMode mode, int turn, int count) {}

  /**
   * The slots of some modes, of the problems that were added last: plain completions share one,
   * each completion with feedback has its own.
   */
  List<Slot> slots(Set<FeedbackMode> modes) {
    List<Slot> slots = new ArrayList<>();
    for (int problem = latest; problem < problems.size(); problem++) {
      for (FeedbackMode mode : modes) {
        int count = (int) plan.get(problem).stream().filter(m -> m == mode).count();
        if (mode == FeedbackMode.SCRATCH) {
          if (count > 0) {
            slots.add(new Slot(problem, mode, 0, count));
          }
          continue;
        }
        for (int turn = 0; turn < count; turn++) {
          slots.add(new Slot(problem, mode, turn, 1));
        }
      }
    }
    return slots;
  }

  Problem problem(int problem) {
    return problems.get(problem);
  }

  List<Question> questions() {
    return problems.stream().map(Problem::question).toList();
  }

  void add(int problem, Rollout rollout) {
    rollouts.get(problem).add(rollout);
  }

  /** Adds an attempt to review that takes no part in the group of its problem. */
  void addAttempt(int problem, String text) {
    extra.get(problem).add(text);
  }

  /** Whether plain completions of a problem are there, finished or not. */
  boolean tried(int problem) {
    return rollouts.get(problem).stream().anyMatch(RolloutBatch::plain);
  }

  /** The finished plain attempts at a problem so far. */
  List<String> plainAttempts(int problem) {
    return Stream.concat(attempts(problem).map(Rollout::answer), extra.get(problem).stream())
        .toList();
  }

  /** Those of them that the verifier scored. */
  List<JudgedAttempt> judgedAttempts(int problem) {
    Question question = problems.get(problem).question();
    return attempts(problem)
        .filter(r -> r.reward().isPresent())
        .map(r -> new JudgedAttempt(new Attempt(question, r.answer()), r.accepted()))
        .toList();
  }

  private Stream<Rollout> attempts(int problem) {
    return rollouts.get(problem).stream()
        .filter(RolloutBatch::plain)
        .filter(r -> r.completion().finished() && !r.answer().isBlank());
  }

  private static boolean plain(Rollout rollout) {
    return rollout.composed().mode() == FeedbackMode.SCRATCH;
  }

  /**
   * The groups with their advantages.
   *
   * @param task poses questions plainly
   * @param advantages from groups to {@code [groups][completions]}
   * @param most how many groups are learned from, the first ones with differing rewards; 0: all
   */
  List<Group> groups(Task task, Function<List<JudgedGroup>, List<double[]>> advantages, int most) {
    List<Group> groups =
        IntStream.range(0, problems.size())
            .mapToObj(this::group)
            .collect(Collectors.toCollection(ArrayList::new));
    List<Integer> learned =
        IntStream.range(0, problems.size())
            .filter(i -> most == 0 || groups.get(i).varied())
            .limit(most == 0 ? problems.size() : most)
            .boxed()
            .toList();
    List<double[]> all =
        advantages.apply(learned.stream().map(i -> groups.get(i).judged(task)).toList());
    for (int i = 0; i < all.size(); i++) {
      groups.set(learned.get(i), groups.get(learned.get(i)).withAdvantages(all.get(i)));
    }
    return groups;
  }

  private Group group(int problem) {
    double sum = 0;
    int scored = 0;
    for (Rollout rollout : rollouts.get(problem)) {
      if (rollout.reward().isPresent()) {
        sum += rollout.reward().getAsDouble();
        scored++;
      }
    }
    double mean = scored == 0 ? 0 : sum / scored;
    return Group.of(problems.get(problem), rollouts.get(problem), mean);
  }
}

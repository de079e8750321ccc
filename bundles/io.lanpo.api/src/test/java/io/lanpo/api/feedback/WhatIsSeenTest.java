package io.lanpo.api.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.Explanation;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every value that a component of the feedback can come by, through whatever it is given, generic
 * types included. A member that is added is seen by these components and fails this test: whoever
 * adds it to the list answers for it that it tells no reward, verdict or answer.
 */
class WhatIsSeenTest {
  private static final List<String> QUESTION =
      List.of("Question.id String", "Question.sameProblem boolean", "Question.text String");

  private static final List<String> LESSON =
      List.of("Lesson.id String", "Lesson.kind Kind", "Lesson.text String");

  static List<Arguments> roles() {
    return List.of(
        role(
            ReflectionStrategy.class,
            QUESTION,
            List.of("Attempt.text String", "ReflectionStrategy.solution String")),
        role(
            AbstractionStrategy.Condensing.class,
            QUESTION,
            LESSON,
            List.of("Condensing.apply String", "Condensing.text String")),
        role(
            SimilarityFilter.class,
            QUESTION,
            List.of("TextGenerator.generate String", "TextGenerator.version long")),
        role(SimilarityFilter.Scorer.class, QUESTION, List.of("Scorer.best int")),
        role(FeedbackPlanner.Plan.class, List.of("Plan.of int", "Plan.of long")),
        role(
            AttemptSelector.Selection.class,
            QUESTION,
            List.of(
                "Attempts.ofStep String",
                "Attempts.past String",
                "Attempts.tried boolean",
                "Selection.choose int",
                "Selection.choose long",
                "Selection.lacking int")),
        // as its type and the manifest say: whether this step's attempts were accepted
        role(
            JudgedAttemptSelector.JudgedSelection.class,
            QUESTION,
            List.of(
                "Attempt.text String",
                "Attempts.ofStep String",
                "Attempts.past String",
                "Attempts.tried boolean",
                "JudgedAttempt.accepted boolean",
                "JudgedSelection.choose int",
                "JudgedSelection.choose long",
                "JudgedSelection.lacking int")),
        // numbers on a wording, over all problems
        role(
            LessonSelector.Selection.class,
            QUESTION,
            LESSON,
            List.of(
                "Candidate.gain double",
                "Candidate.loss double",
                "Candidate.problems int",
                "Candidate.relevance double",
                "Candidate.solved int",
                "Selection.choose long")),
        // it distils, and what it distils is shown for other problems
        role(
            GroupAbstraction.class,
            QUESTION,
            LESSON,
            List.of(
                "Attempt.text String",
                "GroupAbstraction.lesson String",
                "JudgedAttempt.accepted boolean")));
  }

  @SafeVarargs
  private static Arguments role(Class<?> role, List<String>... values) {
    Set<String> all = new TreeSet<>();
    Arrays.asList(values).forEach(all::addAll);
    return Arguments.of(role, all);
  }

  @ParameterizedTest
  @MethodSource("roles")
  void aComponentSeesTheseValuesAndNoOthers(Class<?> role, Set<String> values) {
    assertEquals(String.join("\n", values), String.join("\n", Sight.of(role)));
  }

  /** They are opened with what is written in a configuration, and told nothing else there. */
  @ParameterizedTest
  @ValueSource(classes = {FeedbackPlanner.class, AttemptSelector.class, LessonSelector.class})
  void whatIsOpenedIsGivenItsSettings(Class<?> kind) {
    for (Method method : kind.getMethods()) {
      assertEquals(
          method.getName().equals("open") ? List.of(Settings.class) : List.of(),
          List.of(method.getParameterTypes()),
          method.toString());
    }
  }

  /** Ways around it. */
  @SuppressWarnings("unused") // read by reflection
  private interface Smuggling {
    interface Plainly {
      void show(Verdict verdict);
    }

    interface InARecord {
      void show(List<Noted> notes);
    }

    interface AsAnything {
      void show(Map<String, Object> notes);
    }

    interface AsAnySubtype {
      void show(Optional<? extends Record> note);
    }

    interface ByATypeVariable {
      <T> void show(T note);
    }

    interface OnRequest {
      void show(Supplier<String> more);
    }

    interface AsAnAnswer {
      void show(Asking ask);
    }

    interface AsANumber {
      void show(Question question, double reward);
    }
  }

  private record Noted(Question question, Optional<Explanation> note) {}

  @SuppressWarnings("unused") // read by reflection
  private interface Asking {
    Problem[] problems(int count);
  }

  @Test
  void nothingIsSmuggled() {
    for (Class<?> way : Smuggling.class.getDeclaredClasses()) {
      Set<String> seen = new HashSet<>(Sight.of(way));
      QUESTION.forEach(seen::remove);
      assertTrue(!seen.isEmpty(), way + " is not seen through");
    }
    assertTrue(Sight.of(Smuggling.Plainly.class).contains("Scored.reward double"));
    assertTrue(Sight.of(Smuggling.InARecord.class).contains("Explanation.text String"));
    assertTrue(Sight.of(Smuggling.AsAnAnswer.class).contains("AnswerKey.text String"));
    assertTrue(Sight.of(Smuggling.AsAnything.class).contains("AsAnything.show anything: Object"));
  }

  /** Looks through types as a component could, by their public methods. */
  private static final class Sight {
    private static final Set<Class<?>> VALUES =
        Set.of(
            String.class,
            Integer.class,
            Long.class,
            Double.class,
            Boolean.class,
            OptionalInt.class,
            OptionalDouble.class);

    private static final Set<Class<?>> CONTAINERS =
        Set.of(List.class, Set.class, Collection.class, Map.class, Optional.class);

    private final Set<String> values = new TreeSet<>();
    private final Set<Class<?>> seen = new HashSet<>();

    /** What an implementation of an interface comes by, as {@code Type.member Type}. */
    static Set<String> of(Class<?> role) {
      Sight sight = new Sight();
      for (Method method : methods(role)) {
        for (Type given : method.getGenericParameterTypes()) {
          sight.see(role.getSimpleName() + "." + method.getName(), given);
        }
      }
      return sight.values;
    }

    private static List<Method> methods(Class<?> type) {
      return Arrays.stream(type.getMethods())
          .filter(method -> !Modifier.isStatic(method.getModifiers()))
          .filter(method -> method.getDeclaringClass() != Object.class)
          .filter(method -> !method.isBridge())
          .filter(method -> !Set.of("equals", "hashCode", "toString").contains(method.getName()))
          .toList();
    }

    private void see(String where, Type type) {
      if (type instanceof ParameterizedType generic && CONTAINERS.contains(generic.getRawType())) {
        Arrays.asList(generic.getActualTypeArguments()).forEach(part -> see(where, part));
      } else if (!(type instanceof Class<?> plain)) {
        values.add(where + " anything: " + type);
      } else if (plain.isArray()) {
        see(where, plain.getComponentType());
      } else if (plain.isPrimitive() || plain.isEnum() || VALUES.contains(plain)) {
        values.add(where + " " + plain.getSimpleName());
      } else if (plain.getName().startsWith("io.lanpo.api.")) {
        inside(plain);
      } else {
        values.add(where + " anything: " + plain.getSimpleName());
      }
    }

    private void inside(Class<?> type) {
      if (!seen.add(type)) {
        return;
      }
      for (Method method : methods(type)) {
        see(type.getSimpleName() + "." + method.getName(), method.getGenericReturnType());
      }
      if (type.isSealed()) {
        Arrays.asList(type.getPermittedSubclasses()).forEach(this::inside);
      }
    }
  }
}

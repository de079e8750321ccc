package io.lanpo.it.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.FeedbackPlanner;
import io.lanpo.api.feedback.GroupAbstraction;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.JudgedAttemptSelector;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.metrics.MetricsSink;
import io.lanpo.api.objective.Explanation;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Schedule;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.TaskSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Rules on the code of all bundles, and the launcher's. */
final class CodeRulesTest {
  /** Above this many, a package is read as a list and not as a place. */
  private static final int MOST_CLASSES = 22;

  private static final JavaClasses CODE =
      BuiltBundles.classes().that(resideInAPackage("io.lanpo.."));

  @Test
  void feedbackAndSimilarityKnowNoRewardNoPoolAndNoAnswer() {
    noClasses()
        .that()
        .resideInAnyPackage("io.lanpo.api.feedback", "io.lanpo.api.similarity")
        .should()
        .dependOnClassesThat(rewardPoolOrAnswer())
        .check(CODE);
  }

  /**
   * Not by a detour either: nothing that these are given leads to a reward, a verdict or an answer.
   */
  @Test
  void fromAReflectionStrategyAFilterOrASelectorNoWayLeadsToAnAnswer() {
    noClasses()
        .that(
            equivalentTo(ReflectionStrategy.class)
                .or(equivalentTo(SimilarityFilter.class))
                .or(equivalentTo(FeedbackPlanner.class))
                .or(equivalentTo(AttemptSelector.class))
                .or(equivalentTo(LessonSelector.class))
                .or(equivalentTo(AbstractionStrategy.Condensing.class)))
        .should()
        .transitivelyDependOnClassesThat(rewardPoolOrAnswer().or(equivalentTo(JudgedAttempt.class)))
        .check(CODE);
  }

  /** Who is told verdicts says so by its type; of what comes in a jar, the run asks the same. */
  @Test
  void onlyASelectorThatSaysSoSeesVerdicts() {
    noClasses()
        .that()
        .areAssignableTo(AttemptSelector.class)
        .and()
        .areNotAssignableTo(JudgedAttemptSelector.class)
        .should()
        .dependOnClassesThat(
            equivalentTo(JudgedAttempt.class)
                .or(equivalentTo(JudgedAttemptSelector.JudgedSelection.class)))
        .check(CODE);
  }

  /** The verifier's words may name the answer: whoever is given them composes no such prompt. */
  @Test
  void whoIsGivenExplanationsComposesNothingThatIsSampledFrom() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are given explanations",
                k ->
                    k.getDirectDependenciesFromSelf().stream()
                        .anyMatch(d -> d.getTargetClass().isEquivalentTo(Explanation.class))))
        .should()
        .dependOnClassesThat(
            equivalentTo(ReflectionStrategy.class)
                .or(equivalentTo(AbstractionStrategy.class))
                .or(equivalentTo(AbstractionStrategy.Condensing.class))
                .or(equivalentTo(Attempt.class)))
        .check(CODE);
  }

  /** One object that is told a verdict and composes reviews could pass it on in a field. */
  @Test
  void noComponentThatReviewsIsToldVerdictsAsAnother() {
    noClasses()
        .that()
        .areAssignableTo(ReflectionStrategy.class)
        .should()
        .beAssignableTo(
            assignableTo(AbstractionStrategy.class)
                .or(assignableTo(JudgedAttemptSelector.class))
                .or(assignableTo(Objective.class))
                .or(assignableTo(MetricsSink.class))
                .or(assignableTo(Verifier.class))
                .or(assignableTo(TaskSource.class)))
        .check(CODE);
  }

  /** These may know how an attempt was judged, and by what words, but no answer. */
  @Test
  void fromWhatLearnsDistilsOrRecordsNoWayLeadsToAnAnswer() {
    noClasses()
        .that(
            equivalentTo(Objective.class)
                .or(equivalentTo(Schedule.class))
                .or(equivalentTo(MetricsSink.class))
                .or(equivalentTo(AbstractionStrategy.class))
                .or(equivalentTo(GroupAbstraction.class)))
        .should()
        .transitivelyDependOnClassesThat(
            resideInAnyPackage("io.lanpo.api.reward..", "io.lanpo.api.pool..")
                .or(equivalentTo(AnswerKey.class))
                .or(equivalentTo(Problem.class))
                .as("verdicts, pools, problems or answers"))
        .check(CODE);
  }

  private static DescribedPredicate<JavaClass> rewardPoolOrAnswer() {
    return resideInAnyPackage(
            "io.lanpo.api.reward..", "io.lanpo.api.pool..", "io.lanpo.api.objective..")
        .or(equivalentTo(AnswerKey.class))
        .or(equivalentTo(Problem.class))
        .as("rewards, explanations, pools, problems or answers");
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.lanpo.(**)").should().beFreeOfCycles().check(CODE);
  }

  /**
   * Two classes that need each other are one thought in two files, or one of them knows too much.
   */
  @Test
  void topLevelClassesAreFreeOfCycles() {
    slices().assignedFrom(TopLevelClasses.EACH).should().beFreeOfCycles().check(CODE);
  }

  @Test
  void noPackageIsACrowd() {
    Map<String, Long> sizes =
        CODE.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(k -> !k.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    sizes.values().removeIf(size -> size <= MOST_CLASSES);
    assertEquals(Map.of(), sizes);
  }

  @Test
  void onlyShellAndLauncherTouchTheStandardStreams() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CODE.that(
            DescribedPredicate.not(resideInAnyPackage("io.lanpo.shell..", "io.lanpo.runtime.."))));
  }

  @Test
  void exceptionsSayWhatTheyAre() {
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CODE);
  }

  @Test
  void loggingIsSlf4j() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CODE);
  }

  @Test
  void noStateInStatics() {
    fields().that().areStatic().should().beFinal().check(CODE);
  }

  @Test
  void classesAreFinalUnlessTheyAreMeantToBeExtended() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CODE);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertTrue(CODE.size() > 100, CODE.size() + " classes");
    TreeSet<String> without = new TreeSet<>();
    for (JavaClass k : CODE) {
      JavaPackage home = k.getPackage();
      if (!home.isAnnotatedWith(NullMarked.class)) {
        without.add(home.getName());
      }
    }
    assertEquals(List.of(), List.copyOf(without));
  }
}

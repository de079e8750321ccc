package io.lanpo.relative.trainingfree;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.GroupAbstraction;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.libs.template.Format;
import io.lanpo.libs.template.LessonRule;
import io.lanpo.libs.template.LessonTemplate;
import io.lanpo.libs.template.PromptTemplate;
import io.lanpo.libs.template.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Compares a right and a wrong attempt of a group in words: the semantic advantage of Training-Free
 * GRPO (arXiv 2510.08191). A group in which all are right, or none is, teaches nothing, as in GRPO.
 *
 * <p>Each configuration {@code io.lanpo.relative.trainingfree.contrast~NAME.cfg} is a strategy; its
 * {@code lanpo.name} is the name by which runs ask for it.
 */
@Component(
    service = AbstractionStrategy.class,
    scope = ServiceScope.PROTOTYPE,
    configurationPid = "io.lanpo.relative.trainingfree.contrast",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = GroupContrast.Config.class, factory = true)
public final class GroupContrast implements GroupAbstraction {
  /** Options. */
  @ObjectClassDefinition(name = "LANPO group contrast")
  public @interface Config {
    /** The prompt under which a lesson is written. */
    @AttributeDefinition(
        description =
            "Mustache template of the prompt under which a lesson is written, with {{question}} and"
                + " {{winner}}, an attempt that was right; it may show {{loser}}, one that was not")
    String distil();

    /** The prompt that shows lessons. */
    @AttributeDefinition(
        description =
            "Mustache template that poses {{question}} with the section {{#lessons}}; in it {{text}}"
                + " and the section {{#principle}} for what worked")
    String apply();

    /** Plain text or chat. */
    @AttributeDefinition(description = "PLAIN: text to be continued; CHAT: a turn of the user")
    Format format() default Format.PLAIN;

    /** The system turn while distilling. */
    @AttributeDefinition(description = "Text of the system's turn of a CHAT that distils")
    String distil$_$system() default "";

    /** The system turn while solving. */
    @AttributeDefinition(description = "Text of the system's turn of a CHAT that shows lessons")
    String apply$_$system() default "";

    /** Worked examples of distilling. */
    @AttributeDefinition(
        description =
            "Worked examples that stand before the prompt that distils: prompt => completion, ||"
                + " between them")
    String distil$_$examples() default "";

    /** Worked examples of solving with lessons. */
    @AttributeDefinition(
        description =
            "Worked examples that stand before the prompt that shows lessons: prompt => completion,"
                + " || between them")
    String apply$_$examples() default "";

    /** What announces the lesson. */
    @AttributeDefinition(
        description =
            "The lesson is what follows the last occurrence of this text, in any case; all of the"
                + " completion when empty")
    String lesson$_$marker() default "";

    /** What a lesson looks like. */
    @AttributeDefinition(
        description = "Regular expression that a whole lesson, on one line, must match")
    String lesson$_$pattern() default ".+";

    /** Longest lesson. */
    @AttributeDefinition(
        description = "Longest lesson that is kept, in words of at least 1",
        min = "1")
    int longest$_$lesson() default 100;

    /** Longest attempt. */
    @AttributeDefinition(
        description = "Longest attempt that is compared, in words of at least 1",
        min = "1")
    int longest$_$attempt() default 2000;

    /** Most lessons in a prompt. */
    @AttributeDefinition(
        description = "Most lessons in a prompt, at least 1; the first are shown",
        min = "1")
    int max$_$lessons() default 4;
  }

  private final PromptTemplate distil;
  private final LessonTemplate apply;
  private final LessonRule rule;
  private final int longestAttempt;

  /**
   * Checks the options.
   *
   * @throws io.lanpo.api.component.UserException naming file, key and what would be right
   */
  @Activate
  public GroupContrast(Config config, Map<String, Object> properties) {
    ComponentOptions options = new ComponentOptions(properties);
    distil =
        PromptTemplate.of(
            options,
            "distil",
            config::distil,
            new Variables(
                Set.of("question", "winner"),
                Set.of("loser"),
                Map.of("question", "", "winner", "", "loser", "")),
            config.format(),
            config.distil$_$system(),
            "distil-examples",
            config.distil$_$examples());
    apply =
        LessonTemplate.of(
            options,
            "apply",
            config::apply,
            config.format(),
            config.apply$_$system(),
            config.apply$_$examples(),
            config.max$_$lessons());
    rule =
        LessonRule.of(
            options,
            config.lesson$_$marker(),
            "lesson-pattern",
            config::lesson$_$pattern,
            config.longest$_$lesson());
    longestAttempt = config.longest$_$attempt();
  }

  @Override
  public Optional<Prompt> distil(List<JudgedAttempt> group) {
    Optional<String> winner = first(group, true);
    Optional<String> loser = first(group, false);
    if (winner.isEmpty() || loser.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        distil.fill(
            Map.of(
                "question",
                group.get(0).attempt().question().text(),
                "winner",
                winner.get(),
                "loser",
                loser.get())));
  }

  private Optional<String> first(List<JudgedAttempt> group, boolean accepted) {
    return group.stream()
        .filter(judged -> judged.accepted() == accepted)
        .map(judged -> judged.attempt().text().strip())
        .filter(text -> !text.isEmpty() && text.split("\\s+").length <= longestAttempt)
        .findFirst();
  }

  @Override
  public Optional<String> lesson(String completion) {
    return rule.find(completion);
  }

  @Override
  public Prompt apply(Question question, List<Lesson> lessons) {
    return apply.fill(question, lessons);
  }
}

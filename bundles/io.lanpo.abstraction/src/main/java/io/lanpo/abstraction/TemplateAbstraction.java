package io.lanpo.abstraction;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.feedback.AbstractionStrategy;
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
 * Has the policy distil lessons and shows it lessons from other problems, in the words of
 * templates.
 *
 * <p>With a template {@code condense} the policy first condenses the lessons for the question at
 * hand, and {@code apply-condensed} shows what it made of them.
 *
 * <p>Each configuration {@code io.lanpo.abstraction.template~NAME.cfg} is a strategy; its {@code
 * lanpo.name} is the name by which runs ask for it.
 */
@Component(
    scope = ServiceScope.PROTOTYPE,
    configurationPid = "io.lanpo.abstraction.template",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TemplateAbstraction.Config.class, factory = true)
public final class TemplateAbstraction implements AbstractionStrategy {
  /** Options. */
  @ObjectClassDefinition(name = "LANPO template abstraction")
  public @interface Config {
    /** The prompt under which a lesson is written. */
    @AttributeDefinition(
        description =
            "Mustache template of the prompt under which a lesson is written, with {{question}},"
                + " {{attempt}} and the section {{#solved}} for attempts that were right")
    String distil();

    /** The prompt that shows lessons. */
    @AttributeDefinition(
        description =
            "Mustache template that poses {{question}} with the section {{#lessons}}; in it {{text}}"
                + " and the section {{#principle}} for what worked, else it is a pitfall")
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
            "Worked examples that stand before the prompt that distils, as earlier turns of a CHAT:"
                + " prompt => completion, || between them")
    String distil$_$examples() default "";

    /** Worked examples of solving with lessons. */
    @AttributeDefinition(
        description =
            "Worked examples that stand before the prompt that shows lessons: prompt => completion, ||"
                + " between them")
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
        description = "Longest attempt that lessons are distilled from, in words of at least 1",
        min = "1")
    int longest$_$attempt() default 2000;

    /** The prompt under which lessons are condensed. */
    @AttributeDefinition(
        description =
            "Mustache template of the prompt under which the policy condenses lessons for the question at"
                + " hand, with {{question}} and the section {{#lessons}} as in apply; empty: lessons"
                + " are shown as they are")
    String condense() default "";

    /** The system turn while condensing. */
    @AttributeDefinition(description = "Text of the system's turn of a CHAT that condenses")
    String condense$_$system() default "";

    /** Worked examples of condensing. */
    @AttributeDefinition(
        description =
            "Worked examples that stand before the prompt that condenses: prompt => completion, ||"
                + " between them")
    String condense$_$examples() default "";

    /** What announces the condensed text. */
    @AttributeDefinition(
        description =
            "The condensed text is what follows the last occurrence of this text, in any case; all of"
                + " the completion when empty")
    String condensed$_$marker() default "";

    /** What a condensed text looks like. */
    @AttributeDefinition(
        description = "Regular expression that a whole condensed text, on one line, must match")
    String condensed$_$pattern() default ".+";

    /** Longest condensed text. */
    @AttributeDefinition(
        description = "Longest condensed text that is shown, in words of at least 1",
        min = "1")
    int longest$_$condensed() default 200;

    /** The prompt that shows a condensed text. */
    @AttributeDefinition(
        description =
            "Mustache template that poses {{question}} with the {{condensed}} text, with the system's turn"
                + " and the examples of apply; needed where condense is given")
    String apply$_$condensed() default "";

    /** Most lessons in a prompt. */
    @AttributeDefinition(
        description = "Most lessons in a prompt, at least 1; the most relevant are shown",
        min = "1")
    int max$_$lessons() default 4;
  }

  private final PromptTemplate distil;
  private final LessonTemplate apply;
  private final LessonRule rule;
  private final int longestAttempt;
  private final Optional<Condensing> condensing;

  /**
   * Checks the options.
   *
   * @throws io.lanpo.api.component.UserException naming file, key and what would be right
   */
  @Activate
  public TemplateAbstraction(Config config, Map<String, Object> properties) {
    ComponentOptions options = new ComponentOptions(properties);
    distil =
        PromptTemplate.of(
            options,
            "distil",
            config::distil,
            new Variables(
                Set.of("question", "attempt"),
                Set.of("solved"),
                Map.of("question", "", "attempt", "", "solved", true)),
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
    condensing = condensing(options, config);
  }

  private static Optional<Condensing> condensing(ComponentOptions options, Config config) {
    if (config.condense().isBlank()) {
      if (!config.apply$_$condensed().isBlank()) {
        throw options.refuse(
            "apply-condensed",
            "is given without condense",
            "Add the template under which lessons are condensed, or remove this one.",
            null);
      }
      return Optional.empty();
    }
    LessonTemplate ask =
        LessonTemplate.of(
            options,
            "condense",
            config::condense,
            config.format(),
            config.condense$_$system(),
            config.condense$_$examples(),
            config.max$_$lessons());
    PromptTemplate pose =
        PromptTemplate.of(
            options,
            "apply-condensed",
            config::apply$_$condensed,
            Variables.texts("question", "condensed"),
            config.format(),
            config.apply$_$system(),
            "apply-examples",
            config.apply$_$examples());
    LessonRule found =
        LessonRule.of(
            options,
            config.condensed$_$marker(),
            "condensed-pattern",
            config::condensed$_$pattern,
            config.longest$_$condensed());
    return Optional.of(new TemplateCondensing(ask, found, pose));
  }

  @Override
  public Optional<Prompt> distil(JudgedAttempt attempt) {
    String text = attempt.attempt().text().strip();
    if (text.isEmpty() || text.split("\\s+").length > longestAttempt) {
      return Optional.empty();
    }
    return Optional.of(
        distil.fill(
            Map.of(
                "question",
                attempt.attempt().question().text(),
                "attempt",
                text,
                "solved",
                attempt.accepted())));
  }

  @Override
  public Optional<String> lesson(String completion) {
    return rule.find(completion);
  }

  @Override
  public Prompt apply(Question question, List<Lesson> lessons) {
    return apply.fill(question, lessons);
  }

  @Override
  public Optional<Condensing> condensing() {
    return condensing;
  }
}

package io.lanpo.reflection;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.libs.template.Format;
import io.lanpo.libs.template.PromptTemplate;
import io.lanpo.libs.template.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Shows the policy its own earlier attempt and asks for a critique and a refined solution, in the
 * words of a template.
 *
 * <p>Each configuration {@code io.lanpo.reflection.template~NAME.cfg} is a strategy; its {@code
 * lanpo.name} is the name by which runs ask for it.
 */
@Component(
    scope = ServiceScope.PROTOTYPE,
    configurationPid = "io.lanpo.reflection.template",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TemplateReflection.Config.class, factory = true)
public final class TemplateReflection implements ReflectionStrategy {
  /** Options. */
  @ObjectClassDefinition(name = "LANPO template reflection")
  public @interface Config {
    /** The prompt. */
    @AttributeDefinition(
        description = "Mustache template of the prompt with {{question}} and {{attempt}}")
    String prompt();

    /** Plain text or chat. */
    @AttributeDefinition(description = "PLAIN: text to be continued; CHAT: a turn of the user")
    Format format() default Format.PLAIN;

    /** The system turn of a chat. */
    @AttributeDefinition(description = "Text of the system's turn of a CHAT; none when empty")
    String system() default "";

    /** Worked examples. */
    @AttributeDefinition(
        description =
            "Worked examples that stand before the prompt, as earlier turns of a CHAT: prompt =>"
                + " completion, || between them")
    String examples() default "";

    /** What announces the refined solution. */
    @AttributeDefinition(
        description =
            "The refined solution is what follows the last occurrence of this text, in any case; may"
                + " be empty where solution-form says what it holds")
    String solution$_$marker() default "";

    /** What the refined solution holds. */
    @AttributeDefinition(
        description =
            "What a refined solution holds: ANSWER, a final answer in a box or announced in words;"
                + " PROGRAM, a block of code; ANY. Of several markers the last with such a thing"
                + " behind it counts; a review without one has the paragraph of its last answer, or"
                + " its last program without the comments at its top, which may be the review, as"
                + " solution; with ANY it has none")
    SolutionForm solution$_$form() default SolutionForm.ANY;

    /** Longest attempt. */
    @AttributeDefinition(
        description =
            "Longest attempt that is shown, in words of at least 1; a longer one is not reviewed",
        min = "1")
    int longest$_$attempt() default 2000;
  }

  private static final Pattern NEVER = Pattern.compile("(?!)");

  private final PromptTemplate template;
  private final Pattern marker;
  private final SolutionForm form;
  private final int longestAttempt;

  /**
   * Checks the options.
   *
   * @throws io.lanpo.api.component.UserException naming file, key and what would be right
   */
  @Activate
  public TemplateReflection(Config config, Map<String, Object> properties) {
    ComponentOptions options = new ComponentOptions(properties);
    template =
        PromptTemplate.of(
            options,
            "prompt",
            config::prompt,
            Variables.texts("question", "attempt"),
            config.format(),
            config.system(),
            "examples",
            config.examples());
    form = config.solution$_$form();
    String announcement =
        options
            .read(
                "solution-marker",
                config::solution$_$marker,
                m -> form != SolutionForm.ANY || !m.isBlank(),
                "a text, as solution-form = ANY finds a solution by it alone")
            .strip();
    marker =
        announcement.isEmpty()
            ? NEVER
            : Pattern.compile(announcement, Pattern.LITERAL | Pattern.CASE_INSENSITIVE);
    longestAttempt = config.longest$_$attempt();
  }

  @Override
  public Optional<Prompt> reflect(Question question, Attempt attempt) {
    String text = attempt.text().strip();
    if (text.isEmpty() || text.split("\\s+").length > longestAttempt) {
      return Optional.empty();
    }
    return Optional.of(template.fill(Map.of("question", question.text(), "attempt", text)));
  }

  @Override
  public Optional<String> solution(String review) {
    List<String> behind =
        marker.matcher(review).results().map(m -> review.substring(m.end())).toList();
    return last(behind.stream().filter(form::isIn).map(form::tidied))
        .or(() -> form.last(review))
        .or(() -> last(behind.stream()))
        .map(String::strip)
        .filter(solution -> !solution.isEmpty());
  }

  private static Optional<String> last(Stream<String> texts) {
    return texts.reduce((earlier, later) -> later);
  }
}

package io.lanpo.similarity;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.UserException;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.similarity.TextGenerator;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.libs.template.Format;
import io.lanpo.libs.template.PromptTemplate;
import io.lanpo.libs.template.Variables;
import java.util.Collection;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The policy itself says how relevant a past problem is, from 0 to 1, in answer to a prompt. It is
 * asked about the few problems that share the rarest words with the one at hand; the others score
 * -1. Answers are greedy, so the same policy judges alike; what it writes counts among the run's
 * generated tokens.
 *
 * <p>Each configuration {@code io.lanpo.similarity.judge~NAME.cfg} is a filter; its {@code
 * lanpo.name} is the name by which runs ask for it.
 */
@Component(
    scope = ServiceScope.PROTOTYPE,
    configurationPid = "io.lanpo.similarity.judge",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = JudgeFilter.Config.class, factory = true)
public final class JudgeFilter implements SimilarityFilter {
  /** Options. */
  @ObjectClassDefinition(name = "LANPO similarity filter: the policy judges")
  public @interface Config {
    /** The prompt. */
    @AttributeDefinition(
        description =
            "Mustache template of the prompt with {{question}}, the problem at hand, and {{other}},"
                + " a past one; the first number of the answer is the score")
    String prompt();

    /** Plain text or chat. */
    @AttributeDefinition(description = "PLAIN: text to be continued; CHAT: a turn of the user")
    Format format() default Format.PLAIN;

    /** The system turn. */
    @AttributeDefinition(description = "Text of the system's turn of a CHAT; none when empty")
    String system() default "";

    /** Worked examples. */
    @AttributeDefinition(
        description =
            "Worked examples that stand before the prompt, as earlier turns of a CHAT: prompt =>"
                + " completion, || between them")
    String examples() default "";

    /** How many past problems the policy is asked about. */
    @AttributeDefinition(
        description =
            "The policy is asked about this many past problems, those that the lexical filter finds"
                + " most relevant; at least 1",
        min = "1")
    int candidates() default 8;

    /** Longest answer. */
    @AttributeDefinition(description = "Longest answer in tokens, at least 1", min = "1")
    int max$_$tokens() default 8;

    /** The number for full relevance. */
    @AttributeDefinition(
        description = "The number in an answer that stands for full relevance, above 0; 0 for none",
        min = "0",
        max = "1e9")
    double full() default 1;

    /** The score of an unreadable answer. */
    @AttributeDefinition(
        description = "Score, -1 to 1, of an answer without a number from 0 to full",
        min = "-1",
        max = "1")
    double unreadable() default 0;
  }

  private final PromptTemplate prompt;
  private final JudgeLimits limits;

  /**
   * Checks the options.
   *
   * @throws UserException naming file, key and what would be right
   */
  @Activate
  public JudgeFilter(Config config, Map<String, Object> properties) {
    ComponentOptions options = new ComponentOptions(properties);
    prompt =
        PromptTemplate.of(
            options,
            "prompt",
            config::prompt,
            Variables.texts("question", "other"),
            config.format(),
            config.system(),
            "examples",
            config.examples());
    limits =
        new JudgeLimits(
            config.candidates(),
            config.max$_$tokens(),
            options.read("full", config::full, x -> x > 0, "a number above 0"),
            config.unreadable());
  }

  /**
   * Refuses: there is no policy to judge.
   *
   * @throws UserException always
   */
  @Override
  public Scorer fit(Collection<Question> corpus) {
    throw new UserException(
        "this similarity filter asks the policy of a run, and here is no run",
        "Take a filter that needs none: lexical or minilm.");
  }

  @Override
  public Scorer fit(Collection<Question> corpus, TextGenerator policy) {
    Scorer lexical = new LexicalFilter(20_000).fit(corpus);
    return new JudgeScorer(lexical, policy, this::ask, limits);
  }

  private Prompt ask(Question question, Question other) {
    return prompt.fill(Map.of("question", question.text(), "other", other.text()));
  }
}

package io.lanpo.relative.selfdistillation;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import io.lanpo.libs.template.Examples;
import io.lanpo.libs.template.Format;
import io.lanpo.libs.template.PromptTemplate;
import io.lanpo.libs.template.Refusal;
import io.lanpo.libs.template.Variables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Composes what the teaching policy reads: the plain prompt, of which the last turn is put in the
 * words of a template together with feedback. Nothing is ever sampled from these prompts.
 *
 * @param feedback what it reads
 * @param part the part of a sibling that it reads
 * @param ofText the template for prompts that are text
 * @param ofChat the template for prompts that are a chat
 */
record Teacher(Feedback feedback, Pattern part, PromptTemplate ofText, PromptTemplate ofChat) {
  static final Setting<Feedback> FEEDBACK =
      Setting.choice(
          "feedback",
          Feedback.class,
          "what the teaching policy reads: an accepted completion of the group, the verifier's"
              + " explanation, or both; a completion for which there is none is not taught");

  static final Setting<String> TEMPLATE =
      Setting.text(
          "template",
          "",
          "Mustache template of what the teaching policy reads in place of the last turn, with"
              + " {{prompt}}, and {{text}} within {{#siblings}} and {{#explanations}}; empty: the"
              + " built-in words, which differ for text and for chats");

  static final Setting<String> PART =
      Setting.text(
          "sibling-part",
          "",
          "regular expression of the part of a sibling that is read, its first match; empty: all of"
              + " it. A sibling without such a part is no feedback");

  /** The form in which the policies of the small worlds learn to read what holds of a problem. */
  private static final String TEXT =
      "{{#siblings}}principle : {{text}} {{/siblings}}"
          + "{{#explanations}}{{text}} {{/explanations}}{{prompt}}";

  static final Pattern ALL = Pattern.compile(".+", Pattern.DOTALL);

  private static final String CHAT =
      "{{prompt}}\n\n"
          + "{{#siblings}}A solution that is right:\n{{text}}\n\n{{/siblings}}"
          + "{{#explanations}}What a check says of an attempt:\n{{text}}\n\n{{/explanations}}"
          + "Now solve the problem yourself, from the beginning.";

  /** The teacher that a run asks for. */
  static Teacher of(Settings settings) {
    return of(
        settings.get(FEEDBACK),
        part(settings),
        settings.get(TEMPLATE),
        Refusal.of(settings, TEMPLATE));
  }

  private static Pattern part(Settings settings) {
    String written = settings.get(PART);
    try {
      return written.isEmpty() ? ALL : Pattern.compile(written, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw Refusal.of(settings, PART)
          .refuse(
              "= %s is no regular expression: %s".formatted(written, e.getDescription()),
              "Correct it, or leave it empty.",
              e);
    }
  }

  /**
   * A teacher.
   *
   * @param template takes the place of both templates; none when blank
   * @param refusal what to throw when it cannot be used, or leaves out the feedback
   */
  static Teacher of(Feedback feedback, Pattern part, String template, Refusal refusal) {
    Set<String> required = new HashSet<>(Set.of("prompt", "text"));
    if (feedback.siblings()) {
      required.add("siblings");
    }
    if (feedback.explanations()) {
      required.add("explanations");
    }
    List<Map<String, String>> one = List.of(Map.of("text", ""));
    Variables variables =
        new Variables(
            required,
            Set.of("siblings", "explanations"),
            Map.of("prompt", "", "siblings", one, "explanations", one));
    return new Teacher(
        feedback,
        part,
        compiled(template.isBlank() ? TEXT : template, variables, refusal),
        compiled(template.isBlank() ? CHAT : template, variables, refusal));
  }

  private static PromptTemplate compiled(String text, Variables variables, Refusal refusal) {
    return new PromptTemplate(text, variables, Format.PLAIN, "", new Examples(List.of()), refusal);
  }

  /**
   * The prompt with feedback on a completion.
   *
   * @param index place of the completion in its group
   * @return empty when there is no feedback
   */
  Optional<Prompt> prompt(JudgedGroup group, int index) {
    List<String> siblings = feedback.siblings() ? sibling(group, index) : List.of();
    List<String> explanations =
        feedback.explanations() ? explanation(group.completions().get(index)) : List.of();
    if (siblings.isEmpty() && explanations.isEmpty()) {
      return Optional.empty();
    }
    if (group.prompt() instanceof Prompt.Chat chat) {
      List<Message> turns = new ArrayList<>(chat.messages());
      Message last = turns.remove(turns.size() - 1);
      turns.add(new Message(last.role(), fill(ofChat, last.text(), siblings, explanations)));
      return Optional.of(new Prompt.Chat(turns));
    }
    return Optional.of(
        new Prompt.Plain(fill(ofText, group.prompt().text(), siblings, explanations)));
  }

  private static String fill(
      PromptTemplate template, String prompt, List<String> siblings, List<String> explanations) {
    return template
        .fill(
            Map.of(
                "prompt", prompt,
                "siblings", shown(siblings),
                "explanations", shown(explanations)))
        .text();
  }

  private static List<Map<String, String>> shown(List<String> texts) {
    return texts.stream().map(text -> Map.of("text", text)).toList();
  }

  private static List<String> explanation(JudgedCompletion completion) {
    String text = completion.explanation().text().strip();
    return text.isEmpty() ? List.of() : List.of(text);
  }

  /** The next accepted one of the others, so that those of a group read different ones. */
  private List<String> sibling(JudgedGroup group, int index) {
    int size = group.completions().size();
    for (int next = 1; next < size; next++) {
      JudgedCompletion other = group.completions().get((index + next) % size);
      Optional<String> shown = other.solution().map(String::strip).flatMap(this::part);
      if (other.accepted() && other.finished() && shown.isPresent()) {
        return List.of(shown.get());
      }
    }
    return List.of();
  }

  private Optional<String> part(String solution) {
    return part.matcher(solution).results().map(MatchResult::group).findFirst();
  }
}

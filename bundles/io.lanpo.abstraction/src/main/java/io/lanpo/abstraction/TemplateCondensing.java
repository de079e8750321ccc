package io.lanpo.abstraction;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.libs.template.LessonRule;
import io.lanpo.libs.template.LessonTemplate;
import io.lanpo.libs.template.PromptTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has the policy condense lessons in the words of templates.
 *
 * @param ask the prompt under which it condenses
 * @param rule what counts as the text within what it wrote
 * @param pose the prompt that shows the text
 */
record TemplateCondensing(LessonTemplate ask, LessonRule rule, PromptTemplate pose)
    implements AbstractionStrategy.Condensing {
  @Override
  public Optional<Prompt> prompt(Question question, List<Lesson> shown) {
    return Optional.of(ask.fill(question, shown));
  }

  @Override
  public Optional<String> text(String completion) {
    return rule.find(completion);
  }

  @Override
  public Prompt apply(Question question, String text) {
    return pose.fill(Map.of("question", question.text(), "condensed", text));
  }
}

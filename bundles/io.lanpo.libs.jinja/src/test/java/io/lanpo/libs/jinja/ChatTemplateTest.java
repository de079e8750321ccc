package io.lanpo.libs.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
  private static final List<Message> MESSAGES =
      List.of(
          new Message(Message.Role.SYSTEM, "s"),
          new Message(Message.Role.USER, "<b>{{ x }} {% y %} {# z #} \"' \\n"));

  private static String render(String source) {
    return ChatTemplate.of(source, "dir/chat_template.jinja").render(MESSAGES, Map.of());
  }

  private static UserException refused(String source) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(120), () -> assertThrows(UserException.class, () -> render(source)));
  }

  @Test
  void whatIsSaidIsNeverReadAsATemplateNorEscaped() {
    assertEquals(
        "system:s|user:<b>{{ x }} {% y %} {# z #} \"' \\n|",
        render("{% for m in messages %}{{ m.role + ':' + m['content'] }}|{% endfor %}"));
  }

  @Test
  void theTextFalseIsTrue() {
    List<Message> said = List.of(new Message(Message.Role.USER, "false"));
    assertEquals(
        "said",
        ChatTemplate.of("{% if messages[0].content %}said{% endif %}", "f").render(said, Map.of()));
  }

  @Test
  void aVariableThatIsNotGivenIsUndefinedAndToolsAreNone() {
    assertEquals(
        "False True True",
        render("{{ bos_token is defined }} {{ tools is none }} {{ documents is none }}"));
  }

  @Test
  void whatIsNotReachedNeedNotBeUnderstood() {
    assertEquals("x", render("{% if false %}{{ 1 | nope }}{% set y = * %}{% endif %}x"));
  }

  @Test
  void theDayIsAlwaysTheSame() {
    assertEquals("26 Jul 2024", render("{{ strftime_now('%d %b %Y') }}"));
  }

  @Test
  void whatATemplateRaisesIsShown() {
    UserException e = refused("a\n{# c\n #}\n{{ raise_exception('roles must\n alternate') }}");
    assertEquals(
        "dir/chat_template.jinja line 4: the chat template refuses these messages: roles must"
            + " alternate",
        e.getMessage());
    assertTrue(e.nextStep().contains("PLAIN"), e.nextStep());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{% include 'x' %} | line 1: | the tag {% include %} is not supported",
        "`a\n{%- if true %}\n\n{{ 'x' ~ }}{% endif %}` | line 4: | 'x' ~",
        "`{# a\n b #}\n{% if true %}` | line 3: | Missing end tag: endif",
        "`\n\n{{ 'abc` | line 3: | {{ is not closed",
        "`\n{% for x in messages %}{{ x | foo }}{% endfor %}` | line 2: | the filter 'foo'",
        "`\n{{ 1 is foo }}` | line 2: | the test 'is foo'",
        "`\n{{ foo(1) }}` | line 2: | the function foo()",
        "`{% macro m(a) %}\n{{ a.b.c }}{% endmacro %}\n{{ m({}) }}` | line 2: | 'c' is asked of",
        "{{ messages.append(1) }} | line 1: | the method append() of a list is not supported",
        "{{ strftime_now('%Q') }} | line 1: | strftime_now does not support %Q",
      })
  void namesFileLineAndConstruct(String source, String place, String construct) {
    UserException e = refused(source);
    assertTrue(e.getMessage().startsWith("dir/chat_template.jinja " + place), e.getMessage());
    assertTrue(e.getMessage().contains(construct), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ''.getClass() }}",
        "{{ ''.class.name }}",
        "{{ messages.getClass().forName('java.lang.Runtime') }}",
        "{{ messages[0].getClass() }}",
        "{{ ''['class'].x }}",
        "{{ ____int3rpr3t3r____.config }}",
        "{{ loop.getClass() }}",
        "{% for x in [1] %}{{ loop.doBreak() }}{% endfor %}",
        "{{ messages | map('class') | list }}",
        "{{ ____int3rpr3t3r____.getContext() }}",
      })
  void thereIsNoWayToJava(String source) {
    refused(source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{% for a in range(1000000000) %}{% for b in range(1000000000) %}{% endfor %}{% endfor %} ; steps",
        "{% set r = range(90000) %}{% for a in r %}{% for b in r %}{% for c in r %}{% endfor %}"
            + "{% endfor %}{% endfor %} ; steps",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }} ; macros",
        "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }} ; macros",
        "{% set n = namespace(x='ab') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %} ; characters",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %} ; steps",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}"
            + "{{ n.x }} ; steps",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}"
            + "{{ n.x | tojson }} ; steps",
        "{% set n = namespace(x=[1], y=[1]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}"
            + "{% set n.y = [n.y, n.y] %}{% endfor %}{{ n.x == n.y }} ; steps",
      })
  void whatDoesNotEndIsStopped(String source, String bound) {
    UserException e = refused(source);
    assertTrue(e.getMessage().contains("does not come to an end: it"), e.getMessage());
    assertTrue(e.getMessage().contains(bound), e.getMessage());
  }

  @Test
  void textInALoopIsBounded() {
    String text = "long".repeat(10_000);
    UserException e = refused("{% for i in range(100000) %}" + text + "{% endfor %}");
    assertTrue(e.getMessage().contains("characters"), e.getMessage());
  }

  @Test
  void whatNestsTooDeeplyIsRefused() {
    refused("{{ " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " }}");
    refused("{% if true %}".repeat(9_000) + "{% endif %}".repeat(9_000));
    refused("x".repeat(1 << 19));
  }

  @Test
  void aLongChatIsFarFromTheBounds() {
    List<Message> chat =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    new Message(
                        i % 2 == 0 ? Message.Role.USER : Message.Role.ASSISTANT,
                        "words ".repeat(500)))
            .toList();
    String text =
        ChatTemplate.of(
                "{% for m in messages %}{{ '<' + m.role + '>' + m.content | trim + '\n' }}"
                    + "{% endfor %}",
                "f")
            .render(chat, Map.of());
    assertEquals(100 * (2999 + 7) + 100 * (2999 + 12), text.length());
  }

  @Test
  void severalThreadsRenderTheSame() {
    ChatTemplate template =
        ChatTemplate.of(
            "{% macro m(x) %}{{ x | upper }}{% endmacro %}{% set ns = namespace(n=0) %}"
                + "{% for m in messages %}{% set ns.n = ns.n + 1 %}{{ m.content }}{% endfor %}"
                + "{{ ns.n }}{{ m('a') }}",
            "f");
    boolean same =
        IntStream.range(0, 400)
            .parallel()
            .allMatch(
                i ->
                    template
                        .render(List.of(new Message(Message.Role.USER, "t" + i)), Map.of())
                        .equals("t" + i + "1A"));
    assertTrue(same);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{% if not d is defined %}{% set d = 1 %}{% endif %}{{ d }} | d",
        "{% set x = 1 %}{{ x }}{% for m in z %}{{ m.a ~ loop.index ~ q }}{% set r = 1 %}{{ r }}{% endfor %}{{ r }} | q r z",
        "{% if a %}{% set b = 1 %}{% else %}{% set b = 2 %}{% endif %}{{ b }} | a",
        "{% if a %}{% set b = 1 %}{% endif %}{{ b }} | a b",
        "{% macro m(p, k=p) %}{{ p ~ g ~ m(1) }}{% endmacro %}{{ m(h) }}{% call(z) m(1) %}{{ z ~ y }}{% endcall %} | g h y",
        "{% set ns = namespace(a=1) %}{% set ns.a = 2 %}{% set t %}{{ inner }}{% endset %}{{ range(3) }} | inner",
        "{% for i in * %}{{ i }}{% endfor %}{{ x }} | i x",
        "{{ messages[0]['role'] ~ e }}{{ strftime_now('%d') }} | e messages",
      })
  void tellsTheVariablesThatItReads(String source, String names) {
    assertEquals(names, String.join(" ", ChatTemplate.of(source, "f").variables()));
  }
}

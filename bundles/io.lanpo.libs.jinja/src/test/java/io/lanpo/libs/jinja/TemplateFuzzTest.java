package io.lanpo.libs.jinja;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Message;
import io.lanpo.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a template is, it is rendered or refused by name, and it comes to an end. */
@Tag("full")
class TemplateFuzzTest {
  private static final Path TEMPLATES =
      Path.of("../../integration-tests/peers/fixtures/chat-templates.json");
  private static final Path CONSTRUCTS =
      Path.of("src/test/resources/io/lanpo/libs/jinja/constructs.json");

  private static final List<Message> CHAT =
      List.of(
          new Message(Message.Role.SYSTEM, "be brief"),
          new Message(Message.Role.USER, " 1 + 1?\n"),
          new Message(Message.Role.ASSISTANT, "<think>\nx\n</think>\n\n2"),
          new Message(Message.Role.USER, ""));

  private static final List<String> WORDS =
      List.of(
          "{%- for i in range(9) -%}",
          "{% endfor %}",
          "{% if x %}",
          "{% else %}",
          "{% endif %}",
          "{% set ns = namespace(a=1) %}",
          "{% set ns.a = ns.a ~ ns.a %}",
          "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}",
          "{{ range(1000000) | list | join }}",
          "{{ '%s' % messages }}",
          "{{ messages | tojson(indent=4) }}",
          "{# ",
          "#}",
          "{{ ",
          " }}",
          " | ",
          "upper",
          "replace('', 'aa')",
          "split('')",
          "[::-1]",
          "[1:2:0]",
          " // 0",
          " * 99999999999",
          " ~ ",
          " is defined",
          " if x else y",
          "loop.previtem",
          "dictsort",
          "selectattr('role', 'equalto', 'user')",
          "raise_exception('x')",
          "strftime_now('%Y')",
          "((((((((((");

  private static List<String> sources(Path file) throws IOException {
    List<String> sources = new ArrayList<>();
    for (JsonElement one : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
      sources.add(one.getAsJsonObject().get("template").getAsString());
    }
    return sources;
  }

  private static void render(byte[] source) {
    ChatTemplate.of(new String(source, StandardCharsets.UTF_8), "fuzz", own -> own + "")
        .render(CHAT, Map.of("bos_token", "<s>", "add_generation_prompt", true));
  }

  @Test
  void templatesOfModels() throws IOException {
    Fuzz.ofTexts(sources(TEMPLATES), WORDS)
        .allowing(UserException.class)
        .run(TemplateFuzzTest::render);
  }

  @Test
  void constructs() throws IOException {
    Fuzz.ofTexts(sources(CONSTRUCTS), WORDS)
        .allowing(UserException.class)
        .run(TemplateFuzzTest::render);
  }
}

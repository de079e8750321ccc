package io.lanpo.shell.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LineTest {
  @Test
  void aValueIsReadAsItWas() throws IOException {
    String value = "{{problem}}\n\nin C:\\new, # of \\boxed{}";
    Properties read = new Properties();
    read.load(new StringReader(new Line("task.question", value, "because").written()));
    assertEquals(value, read.getProperty("task.question"));
    assertEquals(1, read.size());
  }

  @Test
  void anEmptyValueStandsWithoutBlanks() {
    assertEquals("# why\nkey =\n", new Line("key", "", "why").written());
  }
}

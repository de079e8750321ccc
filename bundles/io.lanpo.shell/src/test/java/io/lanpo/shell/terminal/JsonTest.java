package io.lanpo.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void keepsOrderAndKindAndWritesNoNumberThatJsonLacks() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("b", 1);
    document.put("a", 0.25);
    document.put("n", Double.NaN);
    document.put("i", Map.of("x", Double.POSITIVE_INFINITY));
    document.put("none", null);
    document.put("list", List.of("<&>", "\u001b\u2028"));
    assertEquals(
        "{\"b\":1,\"a\":0.25,\"n\":null,\"i\":{\"x\":null},\"none\":null,"
            + "\"list\":[\"<&>\",\"\\u001b\\u2028\"]}",
        Json.of(document));
  }
}

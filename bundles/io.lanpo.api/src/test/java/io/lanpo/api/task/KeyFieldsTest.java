package io.lanpo.api.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.task.KeyFields.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFieldsTest {
  private static Optional<String> key(String fields, Map<String, String> row) {
    return KeyFields.parse(fields)
        .orElseThrow()
        .key(member -> Optional.ofNullable(row.get(member)));
  }

  @Test
  void readsNamesAndMembers() {
    assertEquals(
        Optional.of(
            new KeyFields(
                List.of(
                    new Part("tests", "test list"),
                    new Part("entry_point", "entry_point"),
                    new Part("solution", "code")))),
        KeyFields.parse(" tests = test list | entry_point|solution=code"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a |", "| a", "a = ", "= a", "a = b = c", "\"a\"", "1"})
  void refusesWhatIsNoListOfNames(String text) {
    assertEquals(Optional.empty(), KeyFields.parse(text));
  }

  @Test
  void leavesOutWhatARowLacksSaveTheFirst() {
    assertEquals(
        Optional.of("{\"tests\":[1],\"solution\":\"x\"}"),
        key("tests | setup | solution=code", Map.of("tests", "[1]", "code", "\"x\"")));
    assertEquals(Optional.empty(), key("tests | setup", Map.of("setup", "1")));
  }

  @Test
  void theFirstMemberThatIsThereCounts() {
    String fields = "tests | solution | solution=gold";
    assertEquals(
        Optional.of("{\"tests\":1,\"solution\":2}"),
        key(fields, Map.of("tests", "1", "gold", "3", "solution", "2")));
    assertEquals(
        Optional.of("{\"tests\":1,\"solution\":3}"),
        key(fields, Map.of("tests", "1", "gold", "3")));
  }
}

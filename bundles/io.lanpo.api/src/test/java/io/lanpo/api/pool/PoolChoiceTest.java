package io.lanpo.api.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolChoiceTest {
  private static final Path RUN = Path.of("runs", "one");
  private static final Path SHARED = Path.of("var", "pools");

  private static PoolChoice named(String name) {
    return new PoolChoice(Map.of("pool.name", name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "..",
        "../..",
        "a/b",
        "/a",
        "a/",
        "a\\b",
        "..\\a",
        " ",
        "a\nb",
        "a\u0000b",
        "\u001b[31m",
        "\u0085"
      })
  void aNameThatIsNoneIsRefused(String name) {
    UserException e =
        assertThrows(UserException.class, () -> named(name).folder(RUN, SHARED), name);
    assertTrue(e.getMessage().startsWith("configuration of the run: pool.name = "), e::getMessage);
    assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e::getMessage);
    assertThrows(UserException.class, () -> named(name).checkName("--set"));
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    assertThrows(UserException.class, () -> named("a".repeat(101)).checkName("--set"));
    named("a".repeat(100)).checkName("--set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"arith", "a.b", "...", "a b", "Übung", "-1"})
  void aNameIsAFolderAmongTheSharedPools(String name) {
    assertEquals(SHARED.resolve(name), named(name).folder(RUN, SHARED));
  }

  @Test
  void withoutANameThePoolIsInTheRun() {
    assertEquals(RUN.resolve("pool"), named("").folder(RUN, SHARED));
    assertEquals(RUN.resolve("pool"), new PoolChoice(Map.of()).folder(RUN, SHARED));
  }
}

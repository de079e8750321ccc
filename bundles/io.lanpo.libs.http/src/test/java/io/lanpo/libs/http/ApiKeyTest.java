package io.lanpo.libs.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyTest {
  private static final String KEY = "tml-very-secret-0123456789";
  private static final URI SERVER = URI.create("https://trainer.example");

  @TempDir Path folder;

  @Test
  void theFileComesBeforeTheVariable() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), " " + KEY + "\n");
    assertEquals(Optional.of(KEY), sent(ApiKey.of(settings(file.toString()), name -> "other")));
    assertEquals(
        Optional.of("value of A_KEY".replace(' ', '-')),
        sent(ApiKey.of(settings(""), name -> "value-of-" + name)));
  }

  @Test
  void withoutOneNothingIsSent() {
    ApiKey none = ApiKey.of(settings(""), name -> null);
    assertEquals(Optional.empty(), sent(none));
    assertEquals("no key", none.toString());
    assertEquals("as it is", none.redacted("as it is"));
  }

  @Test
  void itHasNoTextForm() {
    ApiKey key = ApiKey.of(settings(""), name -> KEY);
    assertEquals("a key", key.toString());
    assertEquals("*** and ***", key.redacted(KEY + " and " + KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY + "\nand more", "two words " + KEY, KEY + "é"})
  void moreThanAKeyIsRefusedWithoutShowingIt(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), text);
    Settings named = settings(file.toString());
    UserException byFile = assertThrows(UserException.class, () -> ApiKey.of(named, name -> null));
    assertTrue(byFile.getMessage().startsWith("policy.key-file = " + file), byFile.getMessage());
    UserException byVariable =
        assertThrows(UserException.class, () -> ApiKey.of(settings(""), name -> text));
    assertTrue(byVariable.getMessage().contains("A_KEY"), byVariable.getMessage());
    assertFalse((byFile.getMessage() + byVariable.getMessage()).contains(KEY));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Settings missing = settings(folder.resolve("missing").toString());
    UserException e = assertThrows(UserException.class, () -> ApiKey.of(missing, name -> KEY));
    assertEquals(
        "policy.key-file = %s cannot be read".formatted(folder.resolve("missing")), e.getMessage());
  }

  private static Optional<String> sent(ApiKey key) {
    HttpRequest.Builder request = HttpRequest.newBuilder(SERVER);
    key.addTo(request);
    return request.build().headers().firstValue("X-API-Key");
  }

  private static Settings settings(String file) {
    return ScriptedServer.settings(SERVER.toString(), "key-file", file);
  }
}

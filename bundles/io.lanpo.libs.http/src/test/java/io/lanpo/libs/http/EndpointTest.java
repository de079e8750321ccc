package io.lanpo.libs.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
  private static final String SECRET = "tml-very-secret-0123456789";

  @ParameterizedTest
  @CsvSource({
    "https://trainer.example:8000,https://trainer.example:8000/v1/models",
    "https://trainer.example/base/,https://trainer.example/base/v1/models",
    "http://127.0.0.1:8000,http://127.0.0.1:8000/v1/models",
    "http://127.8.9.1,http://127.8.9.1/v1/models",
    "http://localhost:8000//,http://localhost:8000/v1/models",
    "http://[::1]:8000,http://[::1]:8000/v1/models",
    "HTTP://LOCALHOST:8000,HTTP://LOCALHOST:8000/v1/models"
  })
  void encryptedOrOnThisMachine(String url, String models) {
    assertEquals(models, endpoint(url).verb("models").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "trainer:8000",
        "ftp://trainer",
        "http://trainer.example:8000",
        "http://10.0.0.7:8000",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "https://user:" + SECRET + "@trainer.example",
        "https://trainer.example?key=" + SECRET,
        "https://trainer.example#" + SECRET,
        "https:// trainer"
      })
  void everythingElseIsRefused(String url) {
    UserException e = assertThrows(UserException.class, () -> endpoint(url));
    assertTrue(e.getMessage().startsWith("policy.url "), e.getMessage());
    assertFalse(e.getMessage().contains(SECRET), e.getMessage());
    assertFalse(e.nextStep().isEmpty());
  }

  @Test
  void anExplicitSettingAllowsAnOpenLine() {
    assertEquals(
        "http://trainer.example",
        endpoint("http://trainer.example", "insecure", "true").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "https://trainer.example:8000/elsewhere,true",
    "HTTPS://TRAINER.example:8000/,true",
    "http://trainer.example:8000/,false",
    "https://trainer.example:8001/,false",
    "https://trainer.example/,false",
    "https://other.example:8000/,false",
    "file:///etc/passwd,false"
  })
  void theSameServerIsSchemeHostAndPort(URI address, boolean same) {
    assertEquals(same, endpoint("https://trainer.example:8000").covers(address));
  }

  private static Endpoint endpoint(String url, String... more) {
    return Endpoint.of(ScriptedServer.settings(url, more), ScriptedServer.PREFIX);
  }
}

package io.lanpo.api.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy.api_key",
        "policy.api-key",
        "policy.apiKey",
        "apikey",
        "access-key",
        "aws.secret_access_key",
        "PRIVATE_KEY",
        "auth",
        "policy.auth",
        "token",
        "hf_token",
        "hubToken",
        "policy.headers",
        "Authorization",
        "db.password",
        "passwd",
        "client-secret",
        "credentials",
        "set-cookie"
      })
  void whatGivesAccessIsSecret(String key) {
    assertTrue(Secrets.isSecret(key));
    assertEquals("(not shown)", Secrets.shown(key, "hunter2"));
    assertEquals("", Secrets.shown(key, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-tokens",
        "tokens",
        "max_tokens",
        "tokenizer",
        "policy.tokenizer",
        "eos-token",
        "loss.per-token",
        "token-mean",
        "policy.key-file",
        "policy.key-variable",
        "policy.key-header",
        "token-file",
        "key",
        "monkey",
        "author",
        "authority",
        "seed",
        ""
      })
  void whatOnlySoundsLikeItIsNot(String key) {
    assertFalse(Secrets.isSecret(key));
    assertEquals("hunter2", Secrets.shown(key, "hunter2"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://me:pw@host:8000/a,https://***@host:8000/a",
    "http://me@host,http://***@host",
    "https://me:p@w@host/x,https://***@host/x",
    "https://me:p/w@host/x,https://***@host/x",
    "https://host:8000/a@b,https://host:8000/a@b",
    "http://[::1]:80/a@b,http://[::1]:80/a@b",
    "https://host/?token=abc&page=2,https://host/?token=***&page=2",
    "https://host/?max-tokens=3,https://host/?max-tokens=3",
    "ftp://u:p@a and http://v:q@b,ftp://***@a and http://***@b",
    "user@host,user@host"
  })
  void noAddressShowsWhoMayEnter(String text, String shown) {
    assertEquals(shown, Secrets.shown(text));
    assertEquals(shown, Secrets.shown("policy.url", text));
  }

  @ParameterizedTest
  @CsvSource({
    "http://me:p w@host:80,***@host:80",
    "'http://me:p\"w@host',***@host",
    "me:pw@host:80/a,***@host:80/a",
    "http:/me:pw@host,***@host",
    "localhost:80,localhost:80",
    "me@host,me@host"
  })
  void anAddressThatIsNoneShowsNoPassword(String text, String shown) {
    assertEquals(shown, Secrets.shown("policy.url", text));
    assertEquals(shown, Secrets.shown("HTTPS_PROXY", text));
  }

  @Test
  void theOrderStays() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("b.token", "x");
    values.put("a", "y");
    assertEquals("{b.token=(not shown), a=y}", Secrets.shown(values).toString());
  }

  @Test
  void noMessageOfASettingShowsOne() {
    UserException unknown =
        org.junit.jupiter.api.Assertions.assertThrows(
            UserException.class,
            () -> Settings.of("x.cfg", List.of(), Map.of("policy.password", "hunter2")));
    assertEquals("x.cfg: unknown key policy.password = (not shown)", unknown.getMessage());
    Setting<Integer> odd = Setting.integer("api-key", 1, 1, 2, "", "A number.");
    UserException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            UserException.class, () -> odd.check("hunter2", "x.cfg"));
    assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"));
    UserException option =
        org.junit.jupiter.api.Assertions.assertThrows(
            UserException.class,
            () -> new ComponentOptions(Map.of("secret", "hunter2")).allow(List.of()));
    assertFalse(String.valueOf(option.getMessage()).contains("hunter2"));
  }
}

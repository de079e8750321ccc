package io.lanpo.engine.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ManifestTest {
  private static Manifest.Component built(String version, String content) {
    return new Manifest.Component("mine", "com.example.mine", version, content, Map.of("a", "1"));
  }

  private static Manifest of(Manifest.Component component, List<String> changes) {
    return Manifest.of(Map.of("reflection", component), "", null, null, changes);
  }

  private static List<String> goOn(Manifest manifest, Manifest.Component now) {
    return manifest.requireSame("run-1", 4, Map.of("reflection", now));
  }

  @Test
  void theSameBuildIsNoChange() {
    assertEquals(List.of(), goOn(of(built("1.0.0", "ab"), List.of()), built("1.0.0", "ab")));
  }

  @Test
  void anotherBuildOfTheSameVersionIsReportedWithWhatChangedBefore() {
    assertEquals(
        List.of(
            "earlier",
            "run run-1 was made with reflection = mine from bundle com.example.mine 1.0.0 (ab);"
                + " it goes on at step 4 with com.example.mine 1.0.0 (cd)"),
        goOn(of(built("1.0.0", "ab"), List.of("earlier")), built("1.0.0", "cd")));
  }

  @Test
  void anotherOptionIsRefused() {
    Manifest.Component other =
        new Manifest.Component("mine", "com.example.mine", "1.0.0", "ab", Map.of("a", "2"));
    UserException refusal =
        assertThrows(UserException.class, () -> goOn(of(built("1.0.0", "ab"), List.of()), other));
    assertEquals(
        "run run-1 was made with reflection = mine, whose a was '1'; now it is '2'",
        refusal.getMessage());
  }
}

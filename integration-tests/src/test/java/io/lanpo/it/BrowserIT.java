package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.BrowserExtension.Seen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The page in headless Chromium: every view, on a run that has ended and on one that goes on, wide
 * and narrow, light and dark. The console stays silent throughout. What was seen is left in {@code
 * target/screenshots}.
 */
@Tag("full")
@Timeout(900)
@ExtendWith(BrowserExtension.class)
final class BrowserIT {
  private static final Path SHOTS = Path.of("target/screenshots").toAbsolutePath();

  private static Lanpo lanpo;
  private static String run;
  private static Page page;
  private static Browser browser;

  @BeforeAll
  static void begin(Seen seen) {
    lanpo = seen.lanpo();
    run = seen.run();
    page = seen.page();
    browser = seen.browser();
  }

  @Test
  void everyViewOfARecordedRunIsReachedByClicks() throws Exception {
    browser.go(page.address().toString());
    assertEquals("Runs", browser.heading());
    assertTrue(browser.count("tbody tr") >= 4, browser.text());
    shoot("runs");
    browser.click("a[href='#/run?run=" + run + "']");
    browser.awaitView();
    assertEquals(run, browser.heading());
    browser.awaitCharts(8);
    assertTrue(browser.text().contains("io.lanpo.verifier.exact"), browser.text());
    shoot("run");
    browser.click("summary");
    browser.wait("return document.querySelector('details').open");
    assertTrue(browser.text().contains("coldstart.steps"), browser.text());

    browser.click("main .links a[href^='#/rollouts']");
    browser.awaitView();
    assertEquals("Rollouts", browser.heading());
    assertEquals(10, browser.count("article"));
    browser.choose("reflect");
    assertTrue(browser.text().contains("Critique"), browser.text());
    assertTrue(browser.text().contains("Earlier attempt"), browser.text());
    shoot("rollouts");
    browser.click(".pager button:last-child");
    browser.wait("return document.body.textContent.includes('page 2 of')");
    browser.choose("right");
    assertEquals(0, browser.count("p.bad"));

    browser.view("Components");
    assertEquals("Components", browser.heading());
    assertTrue(browser.text().contains("io.lanpo.similarity.minilm"), browser.text());
    shoot("components");

    browser.view("Pool");
    assertEquals("Pool", browser.heading());
    browser.go(page.address() + "#/pool?run=" + run);
    String problem = browser.await("tbody a").getText();
    browser.type("input[type=search]", problem);
    browser.wait("return location.hash.includes('text=')");
    browser.awaitView();
    browser.wait("return document.querySelector('tbody a')?.textContent === '" + problem + "'");
    browser.click("tbody a");
    browser.awaitView();
    assertEquals(problem, browser.heading());
    assertTrue(browser.text().contains("Lessons distilled from it"), browser.text());

    browser.go(page.address() + "#/lessons?run=" + run);
    assertEquals("Lessons", browser.heading());
    assertTrue(browser.count("tbody tr") > 0);
    shoot("lessons");

    browser.view("Runs");
    browser.click("input[aria-label='compare " + run + "']");
    browser.click("tbody tr:first-child input");
    if (Boolean.TRUE.equals(
        browser.evaluate("return document.querySelector('main button').disabled"))) {
      // the first row was the run itself
      browser.click("tbody tr:first-child input");
      browser.click("tbody tr:nth-child(2) input");
    }
    browser.click("main button");
    browser.awaitView();
    assertEquals("Compare", browser.heading());
    browser.awaitCharts(4);
    shoot("compare");
  }

  @Test
  void everyViewOfARunThatGoesOnAndItsCurvesGrow() throws Exception {
    List<String> words = new ArrayList<>(List.of("train", SmallRun.CONFIGURATION, "--dashboard"));
    words.addAll(SmallRun.options("steps", "4000", "seed", "5", "evaluation.every", "50"));
    try (Page live = Page.toldOnError(lanpo.start(words.toArray(String[]::new)))) {
      browser.go(live.address().toString());
      browser.wait("return document.querySelector('tbody .state.running') !== null");
      browser.click("tbody tr:has(.state.running) a");
      browser.awaitView();
      String id = browser.heading();
      browser.awaitCharts(8);
      long before = progress();
      browser.wait("return document.querySelector('progress').value > " + (before + 3));
      String label =
          String.valueOf(
              browser.evaluate(
                  "return document.querySelector('figure').getAttribute('aria-label')"));
      assertTrue(label.startsWith("Reward by mode; at step "), label);
      browser.drag("figure:nth-child(1) .u-over", 0.2, 0.6);
      browser.hover("figure:nth-child(1) .u-over", 0.99);
      String within = "return %s < 0.8 * document.querySelector('progress').value";
      browser.wait(within.formatted(Browser.at(1)));
      Object end = browser.evaluate("return " + Browser.at(1));
      long drawn = progress();
      browser.wait("return document.querySelector('progress').value > " + (drawn + 5));
      browser.hover("figure:nth-child(1) .u-over", 0.98);
      browser.wait(within.formatted(Browser.at(1)));
      assertTrue(
          ((Number) browser.evaluate("return " + Browser.at(1))).longValue()
              <= ((Number) end).longValue(),
          "an update has undone the zoom");
      for (String view : List.of("rollouts", "pool", "lessons")) {
        browser.go(live.address() + "#/" + view + "?run=" + id);
        assertFalse(browser.text().contains("went wrong"), browser.text());
        assertEquals(0, browser.count(".error"), browser.text());
      }
      assertTrue(browser.text().contains("made from the logs of 1 run"), browser.text());
      browser.view("Components");
      browser.wait("return document.querySelector('tbody a[href*=\"" + id + "\"]') !== null");
      browser.go(live.address() + "#/compare?runs=" + id + "," + run);
      browser.awaitCharts(4);
      assertTrue(live.process().isAlive());
      browser.forget(); // a page whose platform has ended complains
    }
  }

  @Test
  void textThatAPolicyWroteIsInert() {
    browser.go(page.address() + "#/rollouts?run=crafted");
    String shown = browser.await("article pre").getText();
    assertTrue(shown.contains("<script>window.taken=1</script>"), shown);
    assertTrue(shown.contains("\\x1b[2J\\x1b]0;taken\\x07\\u202etxt.exe"), shown);
    assertEquals(0, browser.count("main img, main script"));
    assertNull(browser.evaluate("return window.taken"));
    browser.go(page.address() + "#/run?run=crafted");
    browser.awaitView();
    assertTrue(browser.text().contains("Nothing was learned"), browser.text());
    assertTrue(browser.await("ul.findings li").getText().contains("\\x1b[2J"), browser.text());
    assertNull(browser.evaluate("return window.taken"));
  }

  @Test
  void aPhoneAndADarkRoomAreNoObstacle() throws Exception {
    browser.size(390, 844);
    browser.dark(true);
    for (String view :
        List.of(
            "",
            "run?run=" + run,
            "rollouts?run=" + run,
            "components",
            "pool?run=" + run,
            "lessons?run=" + run,
            "experiment",
            "compare")) {
      browser.go(page.address() + "#/" + view);
      browser.wait("return document.documentElement.scrollWidth <= 390");
      if (view.startsWith("run?")) {
        browser.awaitCharts(8);
        shoot("phone-dark");
      }
    }
    assertEquals(
        "rgb(20, 22, 26)",
        browser.evaluate("return getComputedStyle(document.body).backgroundColor"));
  }

  @Test
  void everyControlHasANameAndTheKeyboardReachesIt() {
    for (String view :
        List.of("", "rollouts?run=" + run, "pool?run=" + run, "lessons?run=" + run, "compare")) {
      browser.go(page.address() + "#/" + view);
      assertEquals(
          List.of(),
          browser.evaluate(
              "return [...document.querySelectorAll('input, select, button')]"
                  + ".filter(c => !c.labels?.length && !c.ariaLabel && !c.textContent.trim())"
                  + ".map(c => c.outerHTML)"));
      assertEquals(
          0L,
          browser.evaluate(
              "return document.querySelectorAll('[tabindex]:not([tabindex=\"0\"]):not(#main)').length"));
    }
    assertEquals("en", browser.evaluate("return document.documentElement.lang"));
  }

  /** A first look at a run that nobody has looked at: the whole log is read. */
  @Test
  void theCurvesOfTenThousandStepsAreThere() {
    browser.go(page.address() + "#/run?run=long");
    browser.awaitCharts(8);
    assertTrue(browser.text().contains("10,000"), browser.text());
  }

  private static long progress() {
    return ((Number) browser.evaluate("return document.querySelector('progress').value"))
        .longValue();
  }

  private static void shoot(String name) throws Exception {
    browser.screenshot(SHOTS.resolve(name + ".png"));
  }
}

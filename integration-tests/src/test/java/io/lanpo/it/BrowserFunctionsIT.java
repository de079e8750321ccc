package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.BrowserExtension.Seen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * What the page does when somebody works with it, on two runs that are the seeds of an experiment.
 */
@Tag("full")
@Timeout(900)
@ExtendWith(BrowserExtension.class)
final class BrowserFunctionsIT {
  private static String run;
  private static Page page;
  private static Browser browser;

  @BeforeAll
  static void begin(Seen seen) {
    run = seen.run();
    page = seen.page();
    browser = seen.browser();
  }

  /** What has no canvas is asked of the page's own modules. */
  @Test
  void theFiguresBehindTheChartsAreRight() {
    browser.go(page.address().toString());
    assertEquals(
        List.of("0", "50k", "100k", "150k"),
        module("units", "return m.ticks('', false, [0, 50000, 100000, 150000], 50000)"));
    assertEquals(
        List.of("0.975", "1.000"), module("units", "return m.ticks('', false, [.975, 1], .025)"));
    // of 4 a half counts, of 10 a quarter
    assertEquals(
        List.of(10L, 6L), module("axes", "return m.smoothed([10, 4], [1, 2], .5).map(Math.round)"));
    assertEquals(
        "[[1,2,3],[1,2,2],[0,1,2]]",
        module(
            "bands",
            "const {x, y, low} = m.mean([{steps: [1, 3], x: [1, 3], y: [0, 2]},"
                + "{steps: [1, 2, 3], x: [1, 2, 3], y: [2, 3, 2]}]);"
                + "return JSON.stringify([x, y, low.map(Math.round)])"));
    assertEquals(
        "[[\"=\",\"a\"],[\"-\",\" b\"],[\"=\",\"\\nc\"],[\"+\",\" d\"]]",
        module("diff", "return JSON.stringify(m.difference('a b c', 'a\\nc d'))"));
    assertNull(module("diff", "return m.difference('w '.repeat(4000), 'w')"));
    Object parts =
        module(
            "views/curves",
            "return m.groups(['timing.update', 'timing.at', 'timing.peakBytes', 'timing.tokensPerSecond',"
                + " 'lessonUse.better', 'lessonsShown', 'odd.one', 'odd.one.se'])"
                + ".map(([title, names]) => title + ': ' + names)");
    assertEquals(
        List.of(
            "Seconds by part: timing.update",
            "Lessons of a step: lessonsShown",
            "Usefulness of lessons, shares: lessonUse.better",
            "Tokens per second: timing.tokensPerSecond",
            "Memory, MB: timing.peakBytes",
            "odd: odd.one"),
        parts);
  }

  @Test
  void chartsShareCursorZoomAndAxes() {
    browser.go(page.address() + "#/run?run=" + run);
    browser.awaitCharts(8);
    browser.hover("figure:nth-child(2) .u-over", 0.5);
    browser.wait(
        "return "
            + Browser.at(2)
            + " > 10 && "
            + Browser.at(2)
            + " < 30 && "
            + Browser.at(1)
            + " === "
            + Browser.at(2));
    browser.drag("figure:nth-child(1) .u-over", 0.25, 0.5);
    browser.hover("figure:nth-child(2) .u-over", 0.99);
    browser.wait(
        "return "
            + Browser.at(1)
            + " === "
            + Browser.at(2)
            + " && "
            + Browser.at(2)
            + " > 15 && "
            + Browser.at(2)
            + " < 25");
    browser.press("s");
    browser.wait("return document.querySelectorAll('.u-legend .behind').length > 8");
    browser.hover("figure:nth-child(2) .u-over", 0.98);
    browser.wait("return " + Browser.at(2) + " < 25");
    browser.press("l");
    browser.wait("return document.querySelector('figcaption').textContent.includes('log axis')");
    browser.press("z");
    browser.hover("figure:nth-child(2) .u-over", 0.99);
    browser.wait("return " + Browser.at(2) + " > 35");
    browser.press("x");
    browser.wait(
        "return document.querySelector('.u-legend .u-label').textContent === 'generated tokens'");
    // it is kept for the next view, too
    browser.go(page.address() + "#/compare?runs=" + run);
    browser.awaitCharts(4);
    assertEquals(
        "generated tokens",
        browser.evaluate("return document.querySelector('.u-legend .u-label').textContent"));
  }

  @Test
  void aChartIsSavedAsItsFiguresAndAsAPicture(@TempDir Path saved) throws Exception {
    browser.saveTo(saved);
    browser.go(page.address() + "#/run?run=" + run);
    browser.awaitCharts(8);
    browser.click("button[aria-label='Reward by mode as CSV']");
    browser.click("button[aria-label='Reward by mode as PNG']");
    Path figures = saved.resolve("Reward-by-mode.csv");
    Path picture = saved.resolve("Reward-by-mode.png");
    Await.until(() -> "not saved", () -> Files.exists(figures) && Files.exists(picture));
    List<String> lines = Files.readAllLines(figures);
    assertTrue(lines.get(0).startsWith("step,reward,reward.scratch"), lines.get(0));
    assertEquals(BrowserExtension.STEPS + 1, lines.size());
    assertTrue(lines.get(40).startsWith("40,"), lines.get(40));
    assertEquals("PNG", new String(Files.readAllBytes(picture), 1, 3, StandardCharsets.US_ASCII));
  }

  @Test
  void completionsAreSearchedAndARefinementIsComparedWithItsAttempt() throws Exception {
    browser.go(page.address() + "#/rollouts?run=" + run);
    browser.choose("reflect");
    assertTrue(browser.count("article del, article ins") > 0, browser.text());
    assertTrue(browser.count("article pre mark") > 0, "the attempt within the prompt");
    String problem = browser.await("article h2 a").getText();
    browser.click("article h2 a");
    browser.awaitView();
    assertEquals(
        problem, browser.evaluate("return document.querySelector('[name=problem]').value"));
    browser.type("input[type=search]", "no such words");
    browser.wait("return document.body.textContent.includes('No completion is like that.')");
    browser.go(page.address() + "#/rollouts?run=" + run);
    browser.choose("abstract");
    browser.click(".lessons a");
    browser.awaitView();
    assertEquals("Lessons", browser.heading());
    assertTrue(browser.count("tbody tr") > 0, browser.text());
  }

  @Test
  void runsAreFoundByTagsAndAnExperimentIsATable() throws Exception {
    browser.go(page.address().toString());
    assertTrue(browser.text().contains("paper"), browser.text());
    assertTrue(browser.text().contains("\\x1b[2J"), "a note is text");
    int all = browser.count("tbody tr");
    browser.await("input[type=search]").sendKeys("paper lanpo");
    browser.wait("return document.querySelectorAll('tbody tr').length < " + all);
    assertTrue(browser.count("tbody a[href='#/run?run=" + run + "']") == 1, browser.text());
    assertNull(browser.evaluate("return window.taken"));
    browser.view("Experiments");
    browser.click("tbody a[href*='" + BrowserExtension.EXPERIMENT + "']");
    browser.awaitView();
    assertEquals(BrowserExtension.EXPERIMENT, browser.heading());
    assertEquals("lanpo", browser.await("tbody td a").getText());
    browser.awaitCharts(4);
    browser.click("tbody td a");
    browser.awaitView();
    browser.click("input[name=seeds]");
    browser.awaitView();
    browser.wait("return document.querySelectorAll('figure .behind').length >= 2");
  }

  @Test
  void theThemeIsChosenAndKeysAreListed() {
    browser.go(page.address().toString());
    browser.press("t");
    browser.press("t");
    assertEquals(
        "rgb(20, 22, 26)",
        browser.evaluate("return getComputedStyle(document.body).backgroundColor"));
    browser.press("?");
    assertTrue(browser.await("dialog[open]").getText().contains("log axis"));
    browser.press("?");
    browser.wait("return document.querySelector('dialog') === null");
    browser.press("3");
    browser.awaitView();
    assertEquals("Rollouts", browser.heading());
    browser.click("#theme");
  }

  @Test
  void theKeyboardKeepsItsPlace() {
    browser.go(page.address() + "#/rollouts?run=" + run);
    browser.evaluate(
        "[...document.querySelectorAll('select')]"
            + ".find(s => s.labels[0].firstChild.data === 'Mode').focus()");
    browser.keys("r");
    browser.wait("return location.hash.includes('mode=reflect')");
    browser.awaitView();
    assertEquals(
        "Mode", browser.evaluate("return document.activeElement.labels[0].firstChild.data"));
    browser.evaluate(
        "document.querySelector('.pager button:last-child').focus(); scrollTo(0, 9999)");
    browser.keys(Keys.ENTER);
    browser.wait("return location.hash.includes('page=2') && scrollY === 0");
    assertEquals("next →", browser.evaluate("return document.activeElement.textContent"));
    browser.evaluate("document.querySelector('nav a').focus()");
    browser.keys(Keys.TAB, Keys.ENTER);
    browser.awaitView();
    assertEquals("Components", browser.heading());
    assertEquals("Components", browser.evaluate("return document.activeElement.textContent"));
    browser.go(page.address() + "#/run?run=" + run);
    browser.awaitCharts(8);
    browser.evaluate("document.querySelector('figure [tabindex]').focus()");
    browser.keys(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    browser.wait("return " + Browser.at(1) + " === 39 && " + Browser.at(2) + " === 39");
    browser.press("?");
    browser.await("dialog[open]");
    browser.keys(Keys.ESCAPE);
    browser.wait("return document.querySelector('dialog') === null");
  }

  private static Object module(String name, String script) {
    return browser.evaluate(
        "return (async () => { const m = await import('/%s.js'); %s })()".formatted(name, script));
  }
}

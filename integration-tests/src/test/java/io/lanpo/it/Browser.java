package io.lanpo.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Headless Chromium, Debian's package, looking at the page. */
final class Browser implements AutoCloseable {
  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Why there is none on this machine; empty when there is one. */
  static Optional<String> missing() {
    return executable("chromium").isPresent() && executable("chromedriver").isPresent()
        ? Optional.empty()
        : Optional.of("NOT TESTED, there is no browser: apt-get install chromium chromium-driver");
  }

  static Browser open() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(executable("chromium").orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--disable-background-networking");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    File driver = executable("chromedriver").orElseThrow().toFile();
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver).build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.usualSize();
    return browser;
  }

  private static Optional<Path> executable(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private void usualSize() {
    size(1280, 900);
  }

  void size(int width, int height) {
    // as a phone tells it; a window cannot be this narrow
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.manage().window().setSize(new Dimension(width, height));
  }

  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Goes to an address and waits until its view is there. */
  void go(String address) {
    driver.get(address);
    awaitView();
  }

  /** Leaves the page as if nobody had ever looked at it, on the usual screen. */
  void forget() {
    driver.executeScript("location.protocol.startsWith('http') && localStorage.clear()");
    driver.get("about:blank");
    dark(false);
    usualSize();
  }

  /** Clicks the link, button or other element that a selector finds first. */
  void click(String css) {
    shown(css).click();
  }

  /** Clicks a view of the navigation and waits until it is there. */
  void view(String title) {
    driver.findElements(By.cssSelector("nav a")).stream()
        .filter(a -> a.getText().equals(title))
        .findFirst()
        .orElseThrow()
        .click();
    awaitView();
  }

  /** Waits until the view of the address is shown. */
  void awaitView() {
    wait(
        "return document.getElementById('main').dataset.ready === (location.hash || '#/')"
            + " && document.querySelector('main h1, main .error') !== null");
  }

  /** Waits until so many charts are drawn. */
  void awaitCharts(int least) {
    wait("return document.querySelectorAll('figure canvas').length >= " + least);
  }

  /** The figure along x at the cursor of the n-th chart, for a script. */
  static String at(int n) {
    return "Number(document.querySelector('figure:nth-child(%d) .u-value').textContent.replace(',', ''))"
        .formatted(n);
  }

  /** Chooses an option and waits until the view shows it. */
  void choose(String option) {
    click("select option[value='" + option + "']");
    wait("return location.hash.includes('=" + option + "')");
    awaitView();
  }

  /** Waits until something is so. */
  void wait(String script) {
    new WebDriverWait(driver, Await.PATIENCE)
        .withMessage(() -> script + " in " + text())
        .until(d -> Boolean.TRUE.equals(driver.executeScript(script)));
  }

  WebElement await(String css) {
    return new WebDriverWait(driver, Await.PATIENCE)
        .withMessage(() -> css + " in " + text())
        .until(d -> d.findElements(By.cssSelector(css)).stream().findFirst().orElse(null));
  }

  int count(String css) {
    return driver.findElements(By.cssSelector(css)).size();
  }

  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  String heading() {
    return await("main h1").getText();
  }

  Object evaluate(String script) {
    return driver.executeScript(script);
  }

  void type(String css, String text) {
    WebElement element = await(css);
    element.clear();
    element.sendKeys(text);
    element.submit();
  }

  /** Moves the mouse over an element, to a share of its width and height. */
  void hover(String css, double across) {
    WebElement element = shown(css);
    new Actions(driver).moveToElement(element, offset(element, across), 0).perform();
  }

  /** Drags from one share of an element's width to another. */
  void drag(String css, double from, double to) {
    WebElement element = shown(css);
    new Actions(driver)
        .moveToElement(element, offset(element, from), 0)
        .clickAndHold()
        .moveToElement(element, offset(element, to), 0)
        .release()
        .perform();
  }

  private WebElement shown(String css) {
    WebElement element = await(css);
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
    return element;
  }

  /** From its middle, as the driver counts. */
  private static int offset(WebElement element, double across) {
    return (int) ((across - 0.5) * element.getSize().getWidth());
  }

  /** Presses keys while nothing that takes text has the focus. */
  void press(String keys) {
    driver.executeScript("document.activeElement?.blur()");
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses keys for what has the focus. */
  void keys(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Files that the page hands out are saved there. */
  void saveTo(Path folder) {
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
  }

  /** Writes what is on the screen into a file. */
  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** What the console has said since the last call, warnings and errors. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(e -> e.getLevel().intValue() >= Level.WARNING.intValue())
        .map(e -> e.getLevel() + " " + e.getMessage())
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}

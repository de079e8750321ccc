package io.lanpo.shell.terminal;

import io.lanpo.api.train.Finding;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows progress on standard error: one line that is overwritten on a terminal, otherwise a line
 * when a phase is new and at most every few seconds.
 */
public final class ProgressLine implements RunListener, AutoCloseable {
  private static final long LIVE_NANOS = Duration.ofMillis(100).toNanos();
  private static final long PLAIN_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int BAR = 20;
  private static final int ROOM_FOR_BAR = 60;
  private static final String GAP = "  ";

  private final Console console;
  private final LongSupplier clock;
  private final Set<String> phases = new HashSet<>();
  private @Nullable Progress shown;
  private long shownAt;
  private boolean closed;

  /**
   * @param console where to
   */
  public ProgressLine(Console console) {
    this(console, System::nanoTime);
  }

  /**
   * @param clock nanoseconds
   */
  ProgressLine(Console console, LongSupplier clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public synchronized void progressed(Progress progress) {
    if (closed) {
      return;
    }
    long now = clock.getAsLong();
    boolean due = shown == null || now - shownAt >= (console.live() ? LIVE_NANOS : PLAIN_NANOS);
    boolean newPhase =
        console.live()
            ? shown != null && !shown.phase().equals(progress.phase())
            : phases.add(progress.phase());
    if (due || newPhase) {
      shown = progress;
      shownAt = now;
      show(progress);
    }
  }

  @Override
  public void found(Finding finding) {
    say(text(finding));
  }

  /** A finding as it is printed, whether it is wrong or was chosen. */
  public static String text(Finding finding) {
    return (finding.fault() ? "warning: " : "note: ") + TerminalText.line(finding.sentence());
  }

  /** Says something in between, on a line of its own. */
  public synchronized void say(String sentence) {
    erase();
    TerminalText.fold(TerminalText.line(sentence), console.liveWidth())
        .forEach(console.err()::println);
    Progress last = shown;
    if (console.live() && !closed && last != null) {
      show(last);
    }
  }

  /** Takes the line away; later progress is not shown. */
  @Override
  public synchronized void close() {
    if (!closed) {
      erase();
      closed = true;
    }
  }

  private void show(Progress progress) {
    if (console.live()) {
      // the last column stays free: a full line would move the cursor on in some terminals
      console.err().print("\r" + text(progress, console.liveWidth() - 1) + "\u001b[K");
      console.err().flush();
    } else {
      console.err().println(text(progress, Integer.MAX_VALUE));
    }
  }

  private void erase() {
    if (console.live() && shown != null && !closed) {
      console.err().print("\r\u001b[K");
      console.err().flush();
    }
  }

  /** As many parts as there is room for, the most important first. */
  static String text(Progress progress, int width) {
    List<String> parts = new ArrayList<>();
    parts.add(progress.phase());
    long total = progress.total();
    if (total > 0) {
      if (width >= ROOM_FOR_BAR && width < Integer.MAX_VALUE) {
        parts.add(bar(progress.done(), total));
      }
      parts.add(NumberFormats.count(progress.done()) + "/" + NumberFormats.count(total));
    } else if (progress.done() > 0) {
      parts.add(NumberFormats.count(progress.done()));
    }
    Duration remaining = progress.remaining();
    if (!remaining.isNegative() && !remaining.isZero()) {
      parts.add(NumberFormats.span(remaining) + " left");
    }
    for (Map.Entry<String, Double> figure : progress.figures().entrySet()) {
      parts.add(figure.getKey() + " " + NumberFormats.figure(figure.getValue()));
    }
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      String inert = TerminalText.line(part);
      String gap = text.isEmpty() ? "" : GAP;
      if (TerminalText.width(text + gap + inert) > width) {
        break;
      }
      text.append(gap).append(inert);
    }
    return text.toString();
  }

  private static String bar(long done, long total) {
    int full = (int) Math.max(0, Math.min(BAR, Math.floorDiv(done * BAR, total)));
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }
}

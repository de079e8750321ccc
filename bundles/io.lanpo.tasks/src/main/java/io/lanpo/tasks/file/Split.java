package io.lanpo.tasks.jsonl;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.tasks.random.WellRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Problems to learn from and problems for evaluation. No problem is in both, not even under another
 * id.
 *
 * @param training problems to learn from, in the order of the file
 * @param heldOut problems for evaluation
 */
record Split(List<Entry> training, List<Entry> heldOut) {
  static final Setting<String> HELD_OUT =
      Setting.text(
          "held-out",
          "",
          "file with the problems for evaluation; without one, a share of the data is set aside");

  static final Setting<Integer> HELD_OUT_LAST =
      Setting.integer(
          "held-out-last",
          0,
          0,
          10_000_000,
          "problems",
          "the last so many problems of the data are set aside instead of a share; problems before"
              + " them with the same wording are left out; 0: a share");

  static final Setting<Double> HELD_OUT_SHARE =
      Setting.decimal(
          "held-out-share",
          0.1,
          0,
          0.9,
          "of the problems",
          "share of the data that is set aside when there is no file for evaluation");

  private static final Logger LOG = LoggerFactory.getLogger(Split.class);

  Split {
    Map<String, Entry> ids = new HashMap<>();
    for (List<Entry> part : List.of(training, heldOut)) {
      for (Entry entry : part) {
        Entry other = ids.put(entry.problem().question().id(), entry);
        if (other != null) {
          // whichever was set aside
          boolean turned = other.file().equals(entry.file()) && other.line() > entry.line();
          Entry first = turned ? entry : other;
          Entry second = turned ? other : entry;
          throw new UserException(
              "%s has the id \"%s\", which %s has already"
                  .formatted(second.place(), entry.problem().question().id(), first.place()),
              "Give every problem an id of its own, or leave the ids out.");
        }
      }
    }
  }

  /**
   * Sets a share of the problems aside.
   *
   * @param seed fixes which
   * @param settings say what share of different problems
   */
  static Split byShare(List<Entry> entries, long seed, Settings settings) {
    double share = settings.get(HELD_OUT_SHARE);
    Set<String> wordings = new LinkedHashSet<>();
    entries.forEach(entry -> wordings.add(entry.wording()));
    List<String> order = new ArrayList<>(wordings);
    new WellRandom(seed, "split").shuffle(order);
    int size = share == 0 ? 0 : Math.max(1, (int) Math.round(share * order.size()));
    if (size >= order.size()) {
      throw new UserException(
          "%s has %d different problems: too few to set %s of them aside for evaluation"
              .formatted(entries.get(0).file(), order.size(), share),
          "Add problems, or name a file for evaluation with %s.".formatted(settings.key(HELD_OUT)));
    }
    Set<String> aside = new HashSet<>(order.subList(0, size));
    return new Split(
        entries.stream().filter(entry -> !aside.contains(entry.wording())).toList(),
        entries.stream().filter(entry -> aside.contains(entry.wording())).toList());
  }

  /**
   * Sets the last problems of the file aside, as the makers of a data set do. A problem before them
   * with the wording of one of them is left out.
   *
   * @param count how many
   * @param settings of the task, for messages
   */
  static Split byLast(List<Entry> entries, int count, Settings settings) {
    String advice = "Lower %s, or add problems.".formatted(settings.key(HELD_OUT_LAST));
    if (count >= entries.size()) {
      throw new UserException(
          "%s has %d problems: too few to set the last %d aside for evaluation"
              .formatted(entries.get(0).file(), entries.size(), count),
          advice);
    }
    int end = entries.size() - count;
    List<Entry> heldOut = entries.subList(end, entries.size());
    Set<String> aside = new HashSet<>();
    heldOut.forEach(entry -> aside.add(entry.wording()));
    List<Entry> training =
        entries.subList(0, end).stream().filter(e -> !aside.contains(e.wording())).toList();
    if (training.isEmpty()) {
      throw new UserException(
          "%s has no problem that is not among its last %d".formatted(entries.get(0).file(), count),
          advice);
    }
    if (training.size() < end) {
      LOG.info(
          "{}: {} of {} problems to learn from are left out, as the last {} pose them too",
          entries.get(0).file(),
          end - training.size(),
          end,
          count);
    }
    return new Split(training, heldOut);
  }

  /**
   * Takes the problems for evaluation from a file of their own.
   *
   * @throws UserException when a problem is in both files, naming both lines
   */
  static Split byFile(List<Entry> training, List<Entry> heldOut) {
    Map<String, Entry> seen = new HashMap<>();
    training.forEach(entry -> seen.putIfAbsent(entry.wording(), entry));
    for (Entry entry : heldOut) {
      Entry other = seen.get(entry.wording());
      if (other != null) {
        throw new UserException(
            "%s poses the same problem as %s: evaluation would measure memory"
                .formatted(entry.place(), other.place()),
            "Remove it from one of the files.");
      }
    }
    return new Split(training, heldOut);
  }
}

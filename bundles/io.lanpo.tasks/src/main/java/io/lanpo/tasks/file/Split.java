package io.lanpo.tasks.file;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Problem;
import io.lanpo.libs.question.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Problems to learn from and problems for evaluation.
 *
 * <p>A share is set aside by a hash of each text: a problem stays on its side when others are
 * added, removed or moved, and in every run, so that no run learns from what another one was
 * evaluated with.
 *
 * @param training problems to learn from, in the order of the files
 * @param heldOut problems for evaluation
 */
record Split(List<Entry> training, List<Entry> heldOut) {
  static final Setting<String> HELD_OUT =
      Setting.text(
          "held-out",
          "",
          "file with the problems for evaluation, or several with | between them; without one, a"
              + " share of the data is set aside");

  static final Setting<Double> HELD_OUT_SHARE =
      Setting.decimal(
          "held-out-share",
          0.1,
          0,
          0.9,
          "of the problems",
          "share of the data that is set aside when there is no file for evaluation: about that,"
              + " as a hash of each text decides");

  static final Setting<Integer> HELD_OUT_SEED =
      Setting.integer(
          "held-out-seed",
          0,
          0,
          Integer.MAX_VALUE,
          "",
          "another number sets another share of the data aside");

  static final Setting<Integer> HELD_OUT_LAST =
      Setting.integer(
          "held-out-last",
          0,
          0,
          10_000_000,
          "problems",
          "the last so many problems of a file are set aside instead of a share, where its makers"
              + " put those for evaluation last; problems before them with the same wording are"
              + " left out; 0: a share");

  private static final Logger LOG = LoggerFactory.getLogger(Split.class);

  Split {
    requireOwnIds(List.of(training, heldOut));
  }

  private static void requireOwnIds(List<List<Entry>> parts) {
    Map<String, Entry> ids = new HashMap<>();
    for (List<Entry> part : parts) {
      for (Entry entry : part) {
        Entry other = ids.put(entry.problem().question().id(), entry);
        if (other != null && !entry.repeats(other)) {
          throw sameId(other, entry);
        }
      }
    }
  }

  /** Which of the two was set aside does not turn the sentence round. */
  private static UserException sameId(Entry one, Entry other) {
    boolean turned =
        one.place().file().equals(other.place().file())
            && one.place().number() > other.place().number();
    return new UserException(
        "%s has the id \"%s\", which %s has already"
            .formatted(
                (turned ? one : other).place(),
                one.problem().question().id(),
                (turned ? other : one).place()),
        "Give every problem an id of its own, or leave the ids out: --set task.id-field=");
  }

  /** Reads the files that the settings name, and divides what is in them. */
  static Split of(Settings settings, ProblemReader reader) {
    List<Source> sources = Source.list(settings, Source.DATA);
    int last = settings.get(HELD_OUT_LAST);
    boolean ownFile = !settings.get(HELD_OUT).isEmpty();
    if (last > 0 && (ownFile || sources.size() > 1)) {
      throw new UserException(
          ownFile
              ? "%s = %s and %s = %d both say what is set aside"
                  .formatted(
                      settings.key(HELD_OUT),
                      settings.get(HELD_OUT),
                      settings.key(HELD_OUT_LAST),
                      last)
              : "%s = %d is for one file; %s names %d"
                  .formatted(
                      settings.key(HELD_OUT_LAST), last, settings.key(Source.DATA), sources.size()),
          "Set %s to 0.".formatted(settings.key(HELD_OUT_LAST)));
    }
    if (last > 0) {
      return byLast(reader.read(sources, sources, true), last, settings);
    }
    if (!ownFile) {
      return byShare(reader.read(sources, sources, false), settings);
    }
    List<Source> evaluation = Source.list(settings, HELD_OUT);
    evaluation.stream()
        .filter(source -> source.weight() != 1)
        .findFirst()
        .ifPresent(
            source -> {
              throw new UserException(
                  "%s gives %s a weight".formatted(settings.key(HELD_OUT), source.path()),
                  "A weight is for problems to learn from; leave it out here.");
            });
    List<Source> all = Stream.concat(sources.stream(), evaluation.stream()).toList();
    return new Split(reader.read(sources, all, false), reader.read(evaluation, all, false));
  }

  private static Split byShare(List<Entry> entries, Settings settings) {
    requireOwnIds(List.of(entries));
    double share = settings.get(HELD_OUT_SHARE);
    String purpose = "held-out " + settings.get(HELD_OUT_SEED);
    Predicate<Entry> aside = entry -> entry.wording().place(purpose) < share;
    List<Entry> heldOut = entries.stream().filter(aside).toList();
    List<Entry> training = entries.stream().filter(aside.negate()).toList();
    if (training.isEmpty() || heldOut.isEmpty() && share > 0) {
      throw new UserException(
          "%s = %s sets %s of the %d problems of %s aside: a hash of each text decides"
              .formatted(
                  settings.key(HELD_OUT_SHARE),
                  share,
                  heldOut.isEmpty() ? "none" : "all",
                  entries.size(),
                  settings.get(Source.DATA)),
          "Add problems, choose another share or %s, or name a file for evaluation with %s."
              .formatted(settings.key(HELD_OUT_SEED), settings.key(HELD_OUT)));
    }
    return new Split(training, heldOut);
  }

  /** As the makers of a data set do. A problem before with the wording of one is left out. */
  private static Split byLast(List<Entry> entries, int count, Settings settings) {
    String file = settings.get(Source.DATA);
    String advice = "Lower %s, or add problems.".formatted(settings.key(HELD_OUT_LAST));
    if (count >= entries.size()) {
      throw new UserException(
          "%s has %d problems: too few to set the last %d aside for evaluation"
              .formatted(file, entries.size(), count),
          advice);
    }
    int end = entries.size() - count;
    List<Entry> heldOut = entries.subList(end, entries.size());
    Set<Wording> aside = new HashSet<>();
    heldOut.forEach(entry -> aside.add(entry.wording()));
    List<Entry> training =
        entries.subList(0, end).stream().filter(e -> !aside.contains(e.wording())).toList();
    if (training.isEmpty()) {
      throw new UserException(
          "%s has no problem that is not among its last %d".formatted(file, count), advice);
    }
    if (training.size() < end) {
      LOG.info(
          "{}: {} of {} problems to learn from are left out, as the last {} pose them too",
          file,
          end - training.size(),
          end,
          count);
    }
    return new Split(training, heldOut);
  }

  /** The problems of a pass over the data, each as often as its weight says. */
  List<Problem> drawn() {
    List<Problem> drawn = new ArrayList<>();
    int most = training.stream().mapToInt(Entry::copies).max().orElse(0);
    for (int copy = 0; copy < most; copy++) {
      int number = copy;
      training.stream()
          .filter(entry -> entry.copies() > number)
          .forEach(entry -> drawn.add(entry.problem()));
    }
    if (drawn.isEmpty()) {
      throw new UserException(
          "the weights leave no problem to learn from", "Raise a weight in task.data.");
    }
    return drawn;
  }
}

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Simulates a training step of a 7B model on a cluster as the platform takes it: sample, verify, update,
 * remember, one after the other; and with staleness=1, where one part of the GPUs samples the next step while
 * the other learns from this one, and the platform serves both. What the cluster does is simulated from a published throughput, what the
 * platform does from what we measured. Writes Markdown.
 *
 * <p>Completions are as long as a log-normal distribution says, and cut at the longest. A GPU divides its
 * throughput evenly among what it is writing; no completion grows faster than the limit of one sequence.
 * A request is a prompt with its group; only so many are under way.
 */
public final class Timeline {
  /** Units stand behind the names; sources in docs/scale-out.md. */
  private static final Map<String, Double> NUMBERS =
      new TreeMap<>(
          Map.ofEntries(
              // tokens/s/GPU of a whole step, and the share of the step that is generation
              Map.entry("throughput", 1562.0),
              Map.entry("generation-share", 0.6),
              // tokens/s of one sequence
              Map.entry("sequence-speed", 100.0),
              Map.entry("prompt-tokens", 256.0),
              Map.entry("mean-tokens", 1024.0),
              Map.entry("longest-tokens", 4096.0),
              Map.entry("group", 8.0),
              Map.entry("completions-per-gpu", 64.0),
              // of the platform, µs per completion of mean length
              Map.entry("sample-us", 183.0),
              Map.entry("update-us", 189.0),
              Map.entry("verify-us", 58.0),
              Map.entry("pool-us", 32.0),
              // bit/s of the platform's network card
              Map.entry("network", 10e9)));

  /** Sampling a second has so many of these. */
  private static final int TICKS = 20;

  private final Map<String, Double> numbers;

  private Timeline(Map<String, Double> numbers) {
    this.numbers = numbers;
  }

  public static void main(String[] arguments) {
    Map<String, Double> numbers = new TreeMap<>(NUMBERS);
    for (String argument : arguments) {
      String[] words = argument.split("=", 2);
      if (words.length != 2 || numbers.replace(words[0], Double.valueOf(words[1])) == null) {
        throw new IllegalArgumentException(argument + "; known: " + numbers);
      }
    }
    System.out.println(
        "| GPUs | completions | requests under way | sampling s | update s | platform s | of it verifying s | network s | step s | platform and network | GPUs wait | staleness=1: GPUs that sample | step s | of before |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    Timeline timeline = new Timeline(numbers);
    for (int gpus : new int[] {8, 64, 512}) {
      for (int limit : new int[] {64, 1024, Integer.MAX_VALUE}) {
        if (limit == 64 || timeline.requests(gpus) > 64) {
          System.out.println(timeline.row(gpus, limit));
        }
        if (limit >= timeline.requests(gpus)) {
          break;
        }
      }
    }
  }

  private double n(String name) {
    return numbers.get(name);
  }

  private int requests(int gpus) {
    return (int) Math.ceil(gpus * n("completions-per-gpu") / n("group"));
  }

  private String row(int gpus, int limit) {
    int completions = (int) (requests(gpus) * n("group"));
    int[] lengths = lengths(completions);
    double tokens = 0;
    for (int length : lengths) {
      tokens += length;
    }
    double all = tokens + completions * n("prompt-tokens");
    double sampling = sampling(lengths, gpus, limit);
    double update = all / (gpus * n("throughput")) * (1 - n("generation-share"));
    double ideal = all / (gpus * n("throughput")) * n("generation-share");
    double verify = completions * n("verify-us") / 1e6;
    double platform =
        verify + completions * (n("sample-us") + n("update-us") + n("pool-us")) / 1e6;
    // tokens and log-probabilities down; ids, targets, weights, advantages, log-probabilities up; results down
    double network = (tokens * 8 + all * (24 + 8)) * 8 / n("network");
    double step = sampling + update + platform + network;
    int samplers = 0;
    double overlapped = Double.POSITIVE_INFINITY;
    for (int eighths = 1; eighths < 8; eighths++) {
      int some = gpus * eighths / 8;
      double sampled =
          sampling(lengths, some, limit)
              + verify
              + completions * (n("sample-us") + n("pool-us")) / 1e6
              + tokens * 8 * 8 / n("network");
      double learned =
          update * gpus / (gpus - some)
              + completions * n("update-us") / 1e6
              + all * (24 + 8) * 8 / n("network");
      if (Math.max(sampled, learned) < overlapped) {
        overlapped = Math.max(sampled, learned);
        samplers = some;
      }
    }
    return String.format(
        Locale.ROOT,
        "| %d | %,d | %s | %.1f | %.1f | %.2f | %.2f | %.2f | %.1f | %.1f %% | %.0f %% | %d | %.1f | %.0f %% |",
        gpus,
        completions,
        limit >= requests(gpus) ? "all, " + requests(gpus) : Integer.toString(limit),
        sampling,
        update,
        platform,
        verify,
        network,
        step,
        100 * (platform + network) / step,
        100 * (1 - (ideal + update) / step),
        samplers,
        overlapped,
        100 * overlapped / step);
  }

  /** Log-normal with σ = 0.6, which has its mean at µ + σ²/2. */
  private int[] lengths(int count) {
    Random random = new Random(1);
    double sigma = 0.6;
    double mu = Math.log(n("mean-tokens")) - sigma * sigma / 2;
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      double length = Math.exp(mu + sigma * random.nextGaussian());
      lengths[i] = (int) Math.max(1, Math.min(n("longest-tokens"), Math.round(length)));
    }
    return lengths;
  }

  /** Seconds until the last completion is written. */
  private double sampling(int[] lengths, int gpus, int limit) {
    int group = (int) n("group");
    int requests = lengths.length / group;
    // prompts are read once a group, at the speed of the update's forward pass: in the share of generation
    double rate = n("throughput") / n("generation-share");
    List<List<double[]>> active = new ArrayList<>();
    for (int gpu = 0; gpu < gpus; gpu++) {
      active.add(new ArrayList<>());
    }
    int[] open = new int[requests];
    int next = 0;
    int underWay = 0;
    int done = 0;
    long tick = 0;
    while (done < requests) {
      while (underWay < limit && next < requests) {
        int gpu = next % gpus;
        for (int i = 0; i < group; i++) {
          active.get(gpu).add(new double[] {lengths[next * group + i], next});
        }
        open[next] = group;
        next++;
        underWay++;
      }
      for (List<double[]> writing : active) {
        double grown = Math.min(n("sequence-speed"), rate / Math.max(1, writing.size())) / TICKS;
        for (int i = writing.size() - 1; i >= 0; i--) {
          double[] sequence = writing.get(i);
          sequence[0] -= grown;
          if (sequence[0] <= 0) {
            writing.set(i, writing.get(writing.size() - 1));
            writing.remove(writing.size() - 1);
            if (--open[(int) sequence[1]] == 0) {
              done++;
              underWay--;
            }
          }
        }
      }
      tick++;
    }
    return (double) tick / TICKS;
  }
}

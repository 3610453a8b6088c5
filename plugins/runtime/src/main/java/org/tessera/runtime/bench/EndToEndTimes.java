package org.tessera.runtime.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Spread;

/** Milliseconds of each study: through the server in two ways, and of each part alone. */
final class EndToEndTimes {
  private static final double RATIO = 1 / 1.1;
  private static final String SUM = "sum of the parts";

  private final int studies;
  private final int quietSeconds;
  private final Map<String, double[]> times = new TreeMap<>();

  /**
   * Of so many studies of each kind.
   *
   * @param quietSeconds what is waited where nobody says how many images there are
   */
  EndToEndTimes(int studies, int quietSeconds) {
    this.studies = studies;
    this.quietSeconds = quietSeconds;
  }

  /**
   * Notes a time.
   *
   * @param what {@code counted}, {@code quiet}, {@code receive}, {@code analysis}, {@code delivery}
   * @param pass negative while sides warm up: then it is not counted
   */
  void note(String what, int pass, double milliseconds) {
    if (pass >= 0) {
      times.computeIfAbsent(what, key -> new double[studies])[pass] = milliseconds;
    }
  }

  private double[] of(String what) {
    return times.getOrDefault(what, new double[] {Double.NaN});
  }

  /** As a report. */
  BenchReport report(int warmUps, List<String> missing) {
    double[] sum = new double[studies];
    double[] withQuiet = new double[studies];
    for (int i = 0; i < studies; i++) {
      sum[i] = of("receive")[i] + of("analysis")[i] + of("delivery")[i];
      withQuiet[i] = sum[i] + quietSeconds * 1e3;
    }
    List<Figure> figures = new ArrayList<>();
    figures.addAll(compared("number of images known", of("counted"), sum));
    figures.addAll(compared("quiet time of %d s".formatted(quietSeconds), of("quiet"), withQuiet));
    List<Goal> goals = new ArrayList<>();
    for (Figure each : figures) {
      goals.add(
          new Goal(
              SUM + " / end to end, " + each.name(), RATIO, each.ratio().orElseThrow()));
    }
    for (String part : List.of("receive", "analysis", "delivery")) {
      figures.add(new Figure("part: " + part, "ms", Spread.of(of(part)), null));
    }
    return new BenchReport(
        "end-to-end",
        Map.of("sender", "storescu (DCMTK) of the system", "archive", "Orthanc of the system"),
        workload(warmUps),
        figures,
        goals,
        missing);
  }

  private static List<Figure> compared(String name, double[] whole, double[] parts) {
    return List.of(
        new Figure(name + ", p50", "ms", Spread.of(whole), new Figure.Peer(SUM, Spread.of(parts))),
        new Figure(
            name + ", p99",
            "ms",
            Spread.of(percentile99(whole)),
            new Figure.Peer(SUM, Spread.of(percentile99(parts)))));
  }

  /** By the nearest rank: of up to a hundred values the largest. */
  private static double percentile99(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
  }

  private Map<String, String> workload(int warmUps) {
    return Map.of(
        "studies",
        "%d of each kind after %d to warm up; %d images each, drawn phantoms"
            .formatted(studies, warmUps, PhantomStudies.IMAGES),
        "from, to",
        "start of storescu; report stored in Orthanc (it tells) and transaction taken by a"
            + " stand-in for a record system in this process",
        "parts",
        "each alone, in processes of their own, with an equal study: storescu to the store,"
            + " analysis, report and transaction sent at once",
        "p99",
        "nearest rank: of fewer than 100 studies the slowest");
  }
}

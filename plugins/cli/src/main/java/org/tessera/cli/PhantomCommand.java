package org.tessera.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.tessera.runtime.Phantoms;
import org.tessera.validation.phantom.PhantomConditions;
import org.tessera.validation.phantom.PhantomWorld;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tessera phantom}: synthetic cases with their truth. */
@Command(
    name = "phantom",
    mixinStandardHelpOptions = true,
    description = {
      "Draws synthetic cases (radiograph, tissue, note, sound, record) and writes them with their"
          + " truth.",
      "The same seed gives the same bytes. Never patient data."
    })
final class PhantomCommand implements Callable<Integer> {
  @Option(names = "--n", paramLabel = "N", required = true, description = "How many cases.")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of the random numbers (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Draws from one world only: train, val or test (default: 70 : 15 : 15).")
  private Optional<String> split = Optional.empty();

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
  private Path out = Path.of("");

  @Option(
      names = "--missing",
      paramLabel = "P",
      description = "Chance that a given evidence is missing (default: 0).")
  private double missing;

  @Option(
      names = "--noisy",
      paramLabel = "P",
      description = "Chance that image and sound are noisy (default: 0).")
  private double noisy;

  @Option(
      names = "--stale",
      paramLabel = "P",
      description = "Chance that the record lags 60 to 900 days behind (default: 0).")
  private double stale;

  @Option(
      names = "--confounded",
      paramLabel = "P",
      description =
          "Chance that view and machine follow the opacity, and hum the crackles (default: 0).")
  private double confounded;

  @Option(
      names = "--korean",
      paramLabel = "P",
      description = "Chance that the note is in Korean (default: 0).")
  private double korean;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (count < 1 || count > 1_000_000) {
      throw new ParameterException(spec.commandLine(), "--n has to be from 1 to 1000000.");
    }
    PhantomConditions.Odds odds = odds();
    Optional<PhantomWorld> world = split.map(this::world);
    try (Terminal terminal = new Terminal()) {
      IntConsumer progress = done -> terminal.done("cases drawn", done, count);
      if (world.isPresent()) {
        Phantoms.write(out, seed, count, world.get(), odds, progress);
      } else {
        Phantoms.write(out, seed, count, odds, progress);
      }
    }
    spec.commandLine().getOut().println("wrote " + count + " synthetic cases");
    return Failures.DONE;
  }

  private PhantomWorld world(String name) {
    return Arrays.stream(PhantomWorld.values())
        .filter(each -> each.split().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), "--split has to be train, val or test."));
  }

  private PhantomConditions.Odds odds() {
    try {
      return new PhantomConditions.Odds(missing, noisy, stale, confounded, korean);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "Chances have to be from 0 to 1.", e);
    }
  }
}

package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.tessera.validation.phantom.PhantomConditions;
import org.tessera.validation.phantom.PhantomGenerator;
import org.tessera.validation.phantom.PhantomWorld;
import org.tessera.validation.phantom.PhantomWriter;

/** Synthetic cases on disk. */
public final class Phantoms {
  private Phantoms() {}

  /**
   * Writes cases of the three phantom worlds (train, val and test in the proportion 70 : 15 : 15)
   * with their truth. The same seed gives the same bytes.
   *
   * @param folder made if it is not there
   * @param seed of the random numbers
   * @param count how many cases, at least 1
   * @param odds how often evidence is missing, noisy, stale, confounded or in Korean
   * @param progress told the number of cases written so far
   */
  public static void write(
      Path folder, long seed, int count, PhantomConditions.Odds odds, IntConsumer progress)
      throws IOException {
    PhantomPorts.writer().write(folder, PhantomWriter.parts(seed, count, odds), progress);
  }

  /**
   * The same from one world.
   *
   * @param world whose cases 0 to count - 1 are drawn
   */
  public static void write(
      Path folder,
      long seed,
      int count,
      PhantomWorld world,
      PhantomConditions.Odds odds,
      IntConsumer progress)
      throws IOException {
    PhantomWriter.Part part =
        new PhantomWriter.Part(new PhantomGenerator(seed, world, odds), count);
    PhantomPorts.writer().write(folder, List.of(part), progress);
  }
}

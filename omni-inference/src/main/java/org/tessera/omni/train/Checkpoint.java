package org.tessera.omni.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tessera.omni.model.Safetensors;
import org.tessera.omni.model.Safetensors.Tensor;

/**
 * Where a training stands after an epoch: written whole and moved into place, so that a killed run
 * finds either the last epoch or the one before.
 *
 * @param epoch epochs done, of all stages
 * @param weights live weights
 * @param optimizer state of the optimizer
 * @param best averaged weights of the best epoch of the joint stage so far; empty before it
 * @param bestScore its score
 */
record Checkpoint(
    int epoch,
    Map<String, Tensor> weights,
    Map<String, Tensor> optimizer,
    Map<String, Tensor> best,
    double bestScore) {
  private static final String FILE = "checkpoint.safetensors";

  void save(Path folder) throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    all.put("progress", new Tensor(new long[] {2}, new float[] {epoch, (float) bestScore}));
    weights.forEach((name, tensor) -> all.put("weights/" + name, tensor));
    optimizer.forEach((name, tensor) -> all.put("optimizer/" + name, tensor));
    best.forEach((name, tensor) -> all.put("best/" + name, tensor));
    Path next = folder.resolve(FILE + ".next");
    Files.write(next, Safetensors.write(all, false));
    Files.move(
        next,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static Optional<Checkpoint> load(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Map<String, Tensor> all = Safetensors.read(Files.readAllBytes(file));
    Tensor progress = all.get("progress");
    if (progress == null) {
      throw new IOException("The checkpoint is damaged.");
    }
    return Optional.of(
        new Checkpoint(
            (int) progress.values()[0],
            below(all, "weights/"),
            below(all, "optimizer/"),
            below(all, "best/"),
            progress.values()[1]));
  }

  private static Map<String, Tensor> below(Map<String, Tensor> all, String prefix) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    all.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), tensor);
          }
        });
    return part;
  }
}

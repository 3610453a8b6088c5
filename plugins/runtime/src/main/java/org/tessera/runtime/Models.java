package org.tessera.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import org.tessera.omni.model.ModelStore;

/** Where models come from. */
public final class Models {
  private Models() {}

  /** The model that ships with the project. */
  public static ModelSource shipped() {
    return ModelStore::shipped;
  }

  /** A model that {@code train} wrote into a folder, or into its subfolder {@code model}. */
  public static ModelSource in(Path folder) {
    return () -> ModelStore.load(inside(folder));
  }

  /** Where the model's files are. */
  static Path inside(Path folder) {
    Path inside = folder.resolve("model");
    return Files.isDirectory(inside) ? inside : folder;
  }
}

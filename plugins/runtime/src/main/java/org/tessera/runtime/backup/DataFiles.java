package org.tessera.runtime.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** The files of a data folder that a copy of it has, but for the database. */
final class DataFiles {
  /** The file of H2. */
  static final String INDEX = "index.mv.db";

  /** The folder of objects. */
  static final String BLOBS = "blobs/";

  /** What is made anew at each start, is half of something, or is copied by the database. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "lock",
          "incoming",
          "fhir/posted",
          "fhir/work",
          INDEX,
          "index.lock.db",
          "index.trace.db");

  private DataFiles() {}

  /** Is shown each file. */
  interface Visitor {
    /**
     * One of them.
     *
     * @param relative its path within the data folder, with slashes
     */
    void file(Path file, String relative) throws IOException;
  }

  /** Visits all, in no order; one that goes away meanwhile is none of them. */
  static void each(Path data, Visitor visitor) throws IOException {
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return isLeftOut(relative(data, path))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            String relative = relative(data, path);
            if (attributes.isRegularFile() && !isLeftOut(relative)) {
              try {
                visitor.file(path, relative);
              } catch (NoSuchFileException e) {
                // A job that has ended, or an object whose time was over: it is gone.
                return FileVisitResult.CONTINUE;
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String relative(Path data, Path path) {
    return data.relativize(path).toString().replace('\\', '/');
  }

  private static boolean isLeftOut(String relative) {
    return LEFT_OUT.contains(relative)
        || relative.endsWith(".part")
        || relative.endsWith(".probe");
  }
}

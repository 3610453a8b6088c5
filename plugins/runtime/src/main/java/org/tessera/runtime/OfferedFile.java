package org.tessera.runtime;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One file of a case before anybody looked inside.
 *
 * @param kind what it is said to be
 * @param path where it is
 * @param name what it is called in messages: a base name, or a path inside the folder that the user
 *     named
 * @param partOf name of the file with which it is read, if it is a part of a slide
 */
record OfferedFile(InputKind kind, Path path, String name, Optional<String> partOf) {

  /** A file that is read by itself. */
  OfferedFile(InputKind kind, Path path, String name) {
    this(kind, path, name, Optional.empty());
  }
}

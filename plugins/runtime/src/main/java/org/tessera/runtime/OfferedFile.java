package org.tessera.runtime;

import java.nio.file.Path;

/**
 * One file of a case before anybody looked inside.
 *
 * @param kind what it is said to be
 * @param path where it is
 * @param name what it is called in messages: a base name, or a path inside the folder that the user
 *     named
 */
record OfferedFile(InputKind kind, Path path, String name) {}

package org.tessera.runtime.bench;

import java.nio.file.Path;

/**
 * A slide of the workload.
 *
 * @param name what its figures are called
 * @param ours the file that we read
 * @param peers the file that the peer reads: the same one, or one with the same tiles
 * @param lossy true where decoders may differ by a level: loss in floating point
 */
record SlideFile(String name, Path ours, Path peers, boolean lossy) {}

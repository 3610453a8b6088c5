/**
 * Search for similar evidence in the shared latent space.
 *
 * <h2>The index</h2>
 *
 * A folder with one Lucene 10 index of one segment. One document per case and modality:
 *
 * <ul>
 *   <li>{@code vector}: {@value org.tessera.omni.search.LatentIndex#SIZE} numbers (F32) of length
 *       1, in a hierarchical navigable small-world graph (Malkov and Yashunin 2018) by cosine
 *   <li>{@code case}, {@code set}, {@code split}, {@code modality}: whose vector it is; {@code
 *       label}: {@code name=value}, any number
 *   <li>of the commit: {@code model} (SHA-256 of the weights that made the vectors) and {@code
 *       format} ({@value org.tessera.omni.search.LatentIndex#FORMAT})
 * </ul>
 *
 * It holds identifiers of the data set's rows, never of patients, and no evidence. Lucene guards
 * its files with checksums. An index is read only with the model that made it.
 */
@NullMarked
package org.tessera.omni.search;

import org.jspecify.annotations.NullMarked;

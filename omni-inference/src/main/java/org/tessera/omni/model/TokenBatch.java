package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * Embedded tokens of several cases, group by group.
 *
 * @param size number of cases
 * @param embeddings of each group present: (batch, longest, width)
 * @param valid of the same groups: for each case which rows are tokens (the rest is padding or has
 *     been removed)
 */
record TokenBatch(
    int size, Map<TokenGroup, NDArray> embeddings, Map<TokenGroup, boolean[][]> valid) {}

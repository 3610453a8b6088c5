/**
 * The durable queue of cases: {@link org.tessera.runtime.work.StudyIntake} makes a case of every
 * study that arrives, {@link org.tessera.runtime.work.CompletenessRule} says when it is complete,
 * {@link org.tessera.runtime.work.CaseWorkers} analyse it, and {@link
 * org.tessera.runtime.work.CaseQueue} holds every state in the database.
 *
 * <p>A case goes from {@code receiving} to {@code complete} (its images are fixed: a revision), to
 * {@code analysing} and {@code analysed}; from there to {@code delivering} and {@code delivered},
 * or to {@code shadow} where nothing is to be sent. A case that cannot be analysed ends in {@code
 * quarantined} with one sentence. An image that comes after a revision was analysed begins the next
 * revision. Every step is one transaction that is on the disk before the next one begins; after a
 * crash, a case that was being analysed is analysed again from the same images.
 */
@NullMarked
package org.tessera.runtime.work;

import org.jspecify.annotations.NullMarked;

/**
 * Results on their way to other systems: {@link org.tessera.runtime.deliver.Outbox} notes, in the
 * transaction that notes a result, what has to be sent where; {@link
 * org.tessera.runtime.deliver.DeliveryWorkers} send it, each destination on its own, with
 * exponential back-off; what is given up is a dead letter until a person replays it.
 *
 * <p>Each result is meant to arrive once. A crash between sending and noting leads to the same
 * object being sent again: the same bytes under the same SOP Instance UID, which an archive takes
 * for a duplicate, or the same transaction, whose creates are conditional and whose updates name
 * what they replace.
 */
@NullMarked
package org.tessera.runtime.deliver;

import org.jspecify.annotations.NullMarked;

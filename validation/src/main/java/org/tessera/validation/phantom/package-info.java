/**
 * The phantom world: synthetic cases whose findings, regions, words and seconds are known because
 * the project drew them.
 *
 * <p>A case is drawn in three steps, causes -> signs -> evidence. {@link
 * org.tessera.validation.phantom.PhantomCauses} are drawn first; each modality is then drawn from
 * its own random stream, so a change in the note never moves a pixel. Case {@code i} of a world
 * depends on nothing but the seed, the world and {@code i}.
 *
 * <p>What the modalities say of each other: the state of the lung decides opacity and fever, which
 * are independent of each other by its odds; crackles, atypia, the note's claim about an opacity,
 * what it says of crackles, what the record lists, age, sex, view, machine and devices are
 * independent of everything. So no finding can be had from a modality that does not show it. A
 * pacemaker and coughs are shown by one modality and mentioned by others: that is what cases can be
 * found by across modalities.
 *
 * <p>{@link org.tessera.validation.phantom.PhantomConditions} say how the evidence was gathered
 * (missing, noisy, late, confounded, in Korean) and never change what is true.
 *
 * <p>Phantoms prove machinery, never clinical accuracy.
 */
@NullMarked
package org.tessera.validation.phantom;

import org.jspecify.annotations.NullMarked;

/**
 * What a model has to beat: plain methods and shortcuts, trained on the same rows and scored on the
 * same rows as the model.
 *
 * <p>An <em>acquisition</em> shortcut sees nothing of the patient (how many bytes the file has, how
 * long the recording runs); a <em>shortcut</em> sees little (the border, a thumbnail); a
 * <em>plain</em> baseline sees what the model sees, with a method of the textbooks.
 */
@NullMarked
package org.tessera.validation.baseline;

import org.jspecify.annotations.NullMarked;

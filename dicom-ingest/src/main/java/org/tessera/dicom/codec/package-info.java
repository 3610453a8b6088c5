/**
 * Decoders and encoders of single frames, each written from its public standard or kept in a child
 * process. They know shapes, not patients.
 */
@NullMarked
package org.tessera.dicom.codec;

import org.jspecify.annotations.NullMarked;

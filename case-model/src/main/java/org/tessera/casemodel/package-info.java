/** The vocabulary: cases, evidence, findings, checks, reports. */
@NullMarked
package org.tessera.casemodel;

import org.jspecify.annotations.NullMarked;

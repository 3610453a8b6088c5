/**
 * What turns the libraries into a running system: files become a case, the case becomes a report.
 *
 * <p>The way of a case: {@link org.tessera.runtime.CaseInput inputs} as the user named them, {@link
 * org.tessera.runtime.CaseAssembly} (which file is what, whose, and can it be used), {@link
 * org.tessera.runtime.Pipeline} (identity, sequence, model, trial), {@link
 * org.tessera.runtime.CaseFiles} (what is written to disk).
 */
@NullMarked
package org.tessera.runtime;

import org.jspecify.annotations.NullMarked;

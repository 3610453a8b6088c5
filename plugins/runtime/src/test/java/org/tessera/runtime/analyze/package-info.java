/** What was analysed on request: results and jobs, on both databases. */
@NullMarked
package org.tessera.runtime.analyze;

import org.jspecify.annotations.NullMarked;

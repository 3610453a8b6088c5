@NullMarked
package org.tessera.runtime.fetch;

import org.jspecify.annotations.NullMarked;

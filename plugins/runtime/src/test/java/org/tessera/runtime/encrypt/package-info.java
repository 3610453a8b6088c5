@NullMarked
package org.tessera.runtime.encrypt;

import org.jspecify.annotations.NullMarked;

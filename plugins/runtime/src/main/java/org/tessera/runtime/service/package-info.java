/** The pipeline as a whole, from the store to the destinations, and what a person sees of it. */
@NullMarked
package org.tessera.runtime.service;

import org.jspecify.annotations.NullMarked;

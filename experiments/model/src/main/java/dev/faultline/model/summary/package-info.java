/** What a stream of events amounts to: figures, gates, faults, proof. */
@NullMarked
package dev.faultline.model.summary;

import org.jspecify.annotations.NullMarked;

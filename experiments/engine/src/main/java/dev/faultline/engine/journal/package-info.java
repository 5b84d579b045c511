/** The events of a run on disk, and the folder of runs. */
@NullMarked
package dev.faultline.engine.journal;

import org.jspecify.annotations.NullMarked;

/** The page for the war room: a read-only view of a folder of runs, over HTTP. */
@NullMarked
package dev.faultline.serve;

import org.jspecify.annotations.NullMarked;

/** Files that hold secrets: read anew for each use, kept nowhere, told to nobody. */
@NullMarked
package dev.faultline.environment.secret;

import org.jspecify.annotations.NullMarked;

/** The commands as shells and man pages need to know them, read from the command model. */
@NullMarked
package dev.faultline.app.shell;

import org.jspecify.annotations.NullMarked;

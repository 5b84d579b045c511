/** What this machine has of what experiments need. It looks, and changes nothing. */
@NullMarked
package dev.faultline.app.machine;

import org.jspecify.annotations.NullMarked;

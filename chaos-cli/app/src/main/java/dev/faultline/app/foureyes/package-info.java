/** Approvals of plans by others than those who run them, signed with their SSH keys. */
@NullMarked
package dev.faultline.app.foureyes;

import org.jspecify.annotations.NullMarked;

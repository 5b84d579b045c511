/** Fake world, manual clock and contract tests, for us and for users. */
@NullMarked
package dev.faultline.testkit;

import org.jspecify.annotations.NullMarked;

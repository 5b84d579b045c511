/** The relay of {@link dev.faultline.node.relay} for tests of JUnit 5 and 6. */
@NullMarked
package dev.faultline.junit;

import org.jspecify.annotations.NullMarked;

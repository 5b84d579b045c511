/** The laws of sequential evidence, by enumeration and by seeded simulation. */
@NullMarked
package dev.faultline.judge.sequential;

import org.jspecify.annotations.NullMarked;

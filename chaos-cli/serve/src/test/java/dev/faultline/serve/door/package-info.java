/** Tests of what decides who may come in. */
@NullMarked
package dev.faultline.serve.door;

import org.jspecify.annotations.NullMarked;

/** The program that disturbs packets of a pod, fed by a file that Kubernetes keeps up to date. */
@NullMarked
package dev.faultline.node.pod;

import org.jspecify.annotations.NullMarked;

/** What is shown: each page as a function of what is known, and the templates that write it. */
@NullMarked
package dev.faultline.serve.page;

import org.jspecify.annotations.NullMarked;

/** The language: files, faults, gates, signals, facts, plan, action, query and event. */
@NullMarked
package dev.faultline.model;

import org.jspecify.annotations.NullMarked;

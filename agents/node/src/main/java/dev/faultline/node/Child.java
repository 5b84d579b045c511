package dev.faultline.node;

/**
 * A program that was started by {@link Children} and dies with them.
 *
 * @param identity the program's own process, which leads a session and a process group of its own
 * @param process the same process as the JDK sees it: its standard input (a pipe that stays open
 *     until it is closed), its outputs where they are pipes, and its exit code
 */
public record Child(ProcessIdentity identity, Process process) {}

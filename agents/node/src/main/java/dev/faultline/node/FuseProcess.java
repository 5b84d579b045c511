package dev.faultline.node;

import java.nio.file.Path;

/**
 * A fuse that was found among the processes of this host. What it says about itself is what its
 * command line says, which any user can make up: trust it no further than the owner of the process.
 */
public record FuseProcess(ProcessIdentity identity, String runId, String fault, Path lease) {}

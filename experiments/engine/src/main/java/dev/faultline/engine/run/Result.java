package dev.faultline.engine.run;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.judge.Verdict;
import dev.faultline.model.summary.RunSummary;

/** A run that ended, with all that is known of it. */
public record Result(RunFolder folder, RunSummary summary, Verdict verdict) {}

package dev.faultline.reports.json;

import dev.faultline.reports.findings.Finding;

/** One thing that somebody could change. */
public record FindingPart(
    String kind, String severity, String title, String evidence, String advice) {
  static FindingPart of(Finding finding) {
    return new FindingPart(
        finding.kind().words(),
        finding.severity().words(),
        finding.title(),
        finding.evidence(),
        finding.advice());
  }
}

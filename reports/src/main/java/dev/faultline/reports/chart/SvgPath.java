package dev.faultline.reports.chart;

/** The {@code d} of an SVG path: made of numbers and the letters of that language alone. */
public record SvgPath(String d) {}

/** Figures as SVG and the one-file HTML report. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.report;

/** What is measured, each in a JVM of its own. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.bench.work;

/** The run directory: Parquet parts, live tail, checkpoints, provenance and safetensors files. */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.record;

/**
 * The run directory: Parquet parts, live tail, checkpoints, provenance, safetensors and npz files.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.record;

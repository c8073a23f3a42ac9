/**
 * Data sets: built-in digits, IDX files, npz arrays, synthetic mixtures, resizing and checksummed
 * download.
 */
@org.jspecify.annotations.NullMarked
package io.github.fathomlab.data;

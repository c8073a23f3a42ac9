package io.github.fathomlab.data;

/** Hears how far a download is; called from the thread that downloads. */
@FunctionalInterface
public interface DownloadProgress {

  /**
   * So much of a file is here.
   *
   * @param file name
   * @param bytes that are here, those of an earlier attempt included
   * @param total size of the file in bytes
   */
  void advanced(String file, long bytes, long total);
}

package io.github.fathomlab.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where data sets of a name are looked for: first what was fetched, then what the system has
 * installed.
 *
 * @param cache of this user
 * @param system of Debian's {@code dataset-*} packages
 */
public record DataDirectories(Path cache, Path system) {

  /** {@code ~/.cache/fathom} and {@code /usr/share/datasets}. */
  public static DataDirectories standard() {
    return new DataDirectories(
        Path.of(System.getProperty("user.home", "."), ".cache", "fathom"),
        Path.of("/usr/share/datasets"));
  }

  /**
   * The first directory that exists.
   *
   * @throws DataException that says how to get the data set, when there is none
   */
  public Path find(String name) {
    return Stream.of(cache.resolve(name), system.resolve(name))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() -> missing(name));
  }

  private DataException missing(String name) {
    String places = "found neither %s nor %s".formatted(cache.resolve(name), system.resolve(name));
    if (!DownloadableDataset.names().contains(name)) {
      return new DataException(
          "data set %s: %s; name the directory of its IDX files in data.directory, or use one of %s."
              .formatted(name, places, String.join(", ", DownloadableDataset.names())));
    }
    String debian = DownloadableDataset.named(name).debianPackage();
    String install = debian == null ? "" : ", or: apt-get install " + debian;
    return new DataException(
        "data set %s: %s; get it with: fathom data fetch %s%s."
            .formatted(name, places, name, install));
  }
}

package io.github.fathomlab.data;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data set that can be fetched, with the published size and SHA-256 of each file.
 *
 * @param name of the directory it is put into
 * @param licence for people
 * @param base address before the file names, ending in a slash
 * @param debianPackage that installs the same data; null where there is none
 */
public record DownloadableDataset(
    String name, String licence, URI base, List<RemoteFile> files, @Nullable String debianPackage) {

  /**
   * One file.
   *
   * @param size in bytes
   * @param sha256 in lower-case hexadecimal digits
   */
  public record RemoteFile(String name, long size, String sha256) {}

  private static final List<DownloadableDataset> KNOWN =
      List.of(
          new DownloadableDataset(
              "mnist",
              "MNIST, Y. LeCun, C. Cortes and C. J. C. Burges, CC BY-SA 3.0",
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
              List.of(
                  new RemoteFile(
                      "train-images-idx3-ubyte.gz",
                      9912422,
                      "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                  new RemoteFile(
                      "train-labels-idx1-ubyte.gz",
                      28881,
                      "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                  new RemoteFile(
                      "t10k-images-idx3-ubyte.gz",
                      1648877,
                      "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                  new RemoteFile(
                      "t10k-labels-idx1-ubyte.gz",
                      4542,
                      "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
              null),
          new DownloadableDataset(
              "fashion-mnist",
              "Fashion-MNIST, H. Xiao, K. Rasul and R. Vollgraf, arXiv:1708.07747, MIT licence",
              URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
              List.of(
                  new RemoteFile(
                      "train-images-idx3-ubyte.gz",
                      26421880,
                      "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                  new RemoteFile(
                      "train-labels-idx1-ubyte.gz",
                      29515,
                      "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                  new RemoteFile(
                      "t10k-images-idx3-ubyte.gz",
                      4422102,
                      "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                  new RemoteFile(
                      "t10k-labels-idx1-ubyte.gz",
                      5148,
                      "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
              "dataset-fashion-mnist"));

  /** The names that can be fetched. */
  public static List<String> names() {
    return KNOWN.stream().map(DownloadableDataset::name).toList();
  }

  /**
   * The data set of that name.
   *
   * @throws DataException when there is none, with the names there are
   */
  public static DownloadableDataset named(String name) {
    return KNOWN.stream()
        .filter(dataset -> dataset.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new DataException(
                "no data set '%s' to fetch; there are: %s."
                    .formatted(name, NearestNames.of(name, names()))));
  }

  /** The same files from another place, for example a mirror. */
  public DownloadableDataset from(URI mirror) {
    return new DownloadableDataset(name, licence, mirror, files, debianPackage);
  }
}

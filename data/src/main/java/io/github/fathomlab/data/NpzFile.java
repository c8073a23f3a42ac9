package io.github.fathomlab.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** NumPy's npz: a zip file, entries stored or deflated, with one npy array in each. */
public final class NpzFile {
  private static final String SUFFIX = ".npy";

  /** Fixed, so that the same arrays give the same bytes. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private NpzFile() {}

  /**
   * All arrays in the order of the file, each read once.
   *
   * @throws DataException when the file is missing, cut off, damaged or holds no array
   */
  public static SequencedMap<String, NpyArray> read(Path file) {
    try (ZipFile zip = open(file)) {
      List<String> names = names(zip);
      if (names.isEmpty()) {
        throw new DataException(file + " holds no array; save arrays with numpy.savez.");
      }
      return read(file, zip, names);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Only the named arrays; the others are not read.
   *
   * @throws DataException also for an unknown name, with the nearest names there are
   */
  public static SequencedMap<String, NpyArray> read(Path file, Collection<String> wanted) {
    try (ZipFile zip = open(file)) {
      List<String> names = names(zip);
      for (String name : wanted) {
        if (!names.contains(name)) {
          throw new DataException(
              "%s has no array '%s'; the nearest names are: %s."
                  .formatted(file, name, NearestNames.of(name, names)));
        }
      }
      return read(file, zip, wanted);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Writes the arrays under their keys to a temporary file and renames it. */
  public static void write(Path file, Map<String, NpyArray> arrays) {
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial), 1 << 16);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.setLevel(Deflater.BEST_SPEED);
        for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
          ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
          entry.setTimeLocal(ENTRY_TIME);
          zip.putNextEntry(entry);
          NpyFormat.write(array.getValue(), zip);
          zip.closeEntry();
        }
      }
      moveInPlace(partial, file);
    } catch (IOException e) {
      deleteQuietly(partial, e);
      throw new DataException(
          "%s cannot be written: %s; choose another place.".formatted(file, e.getMessage()), e);
    }
  }

  private static void moveInPlace(Path partial, Path file) throws IOException {
    try {
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteQuietly(Path partial, IOException reason) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static ZipFile open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    return new ZipFile(file.toFile());
  }

  private static List<String> names(ZipFile zip) {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith(SUFFIX))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .toList();
  }

  private static SequencedMap<String, NpyArray> read(
      Path file, ZipFile zip, Collection<String> names) throws IOException {
    SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
    for (String name : names) {
      arrays.put(name, array(file, zip, name));
    }
    return arrays;
  }

  private static NpyArray array(Path file, ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + SUFFIX);
    String where = "array '%s' of %s".formatted(name, file);
    try (InputStream raw = zip.getInputStream(entry)) {
      CheckedInputStream in = new CheckedInputStream(raw, new CRC32());
      NpyArray array = NpyFormat.read(name, in, entry.getSize(), where);
      in.transferTo(OutputStream.nullOutputStream());
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new DataException(
            where + " is damaged (its checksum is wrong); save or copy the file again.");
      }
      return array;
    }
  }

  private static DataException unreadable(Path file, IOException e) {
    String message =
        switch (e) {
          case NoSuchFileException _ -> "%s does not exist; name an npz file.".formatted(file);
          case ZipException _ ->
              "%s is not a whole npz file (%s); it is cut off or damaged, save or copy it again."
                  .formatted(file, e.getMessage());
          default ->
              "%s cannot be read: %s; save or copy it again.".formatted(file, e.getMessage());
        };
    return new DataException(message, e);
  }
}

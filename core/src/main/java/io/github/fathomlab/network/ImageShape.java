package io.github.fathomlab.network;

import io.github.fathomlab.kernels.BlockMap;

/**
 * Channels, height and width of an image; its numbers lie channel by channel, row by row.
 *
 * @param channels C
 * @param height in pixels
 * @param width in pixels
 */
public record ImageShape(int channels, int height, int width) {

  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image needs at least one channel and pixel, found %d x %d x %d"
              .formatted(channels, height, width));
    }
  }

  /** P, pixels of one channel. */
  int positions() {
    return height * width;
  }

  /** Numbers in an image. */
  public int features() {
    return channels * positions();
  }

  /** The image that a convolution with zero padding makes of this one. */
  ImageShape after(int newChannels, int stride) {
    return new ImageShape(
        newChannels, (height + stride - 1) / stride, (width + stride - 1) / stride);
  }

  /**
   * The patches of side {@code kernel} around every {@code stride}-th pixel; row (c, ky, kx) as in
   * PyTorch.
   *
   * @param flat whether the source lies as [C·P x batch], not as [C x P·batch]
   */
  BlockMap patches(int kernel, int stride, boolean flat) {
    ImageShape out = after(1, stride);
    int rows = channels * kernel * kernel;
    int[] table = new int[rows * out.positions()];
    for (int r = 0; r < rows; r++) {
      int c = r / (kernel * kernel);
      int dy = r / kernel % kernel - kernel / 2;
      int dx = r % kernel - kernel / 2;
      for (int p = 0; p < out.positions(); p++) {
        int y = p / out.width * stride + dy;
        int x = p % out.width * stride + dx;
        boolean inside = y >= 0 && y < height && x >= 0 && x < width;
        table[r * out.positions() + p] =
            inside ? c * positions() + y * width + x : BlockMap.NOWHERE;
      }
    }
    return new BlockMap(table, rows, out.positions(), flat ? 1 : positions(), 0);
  }

  /** All numbers of the image as the one patch of a dense map. */
  BlockMap whole() {
    int[] table = new int[features()];
    for (int i = 0; i < table.length; i++) {
      table[i] = i;
    }
    return new BlockMap(table, table.length, 1, positions(), 0);
  }
}

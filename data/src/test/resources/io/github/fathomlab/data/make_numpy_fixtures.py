"""Writes numpy_stored.npz, numpy_deflated.npz and numpy_version2.npy (NumPy 2.4)."""
import numpy as np

base = np.arange(6).reshape(2, 3)
arrays = {
    "f4": (base + 0.25).astype(np.float32),
    "f8": base / 3,
    "i4": base.astype(np.int32) - 4,
    "i8": base.astype(np.int64) - 4,
    "u1": (base + 250).astype(np.uint8),
    "b1": base % 2 == 1,
    "fortran": np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)),
    "big_endian": (base + 0.5).astype(">f4"),
    "scalar": np.float64(7.5),
    "empty": np.zeros((0, 3)),
}
np.savez("numpy_stored.npz", **arrays)
np.savez_compressed("numpy_deflated.npz", **arrays)
with open("numpy_version2.npy", "wb") as file:
    np.lib.format.write_array(file, arrays["f8"], version=(2, 0))

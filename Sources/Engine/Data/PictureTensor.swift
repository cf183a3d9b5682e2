import Images
import Torch

/// Decoded images as the models take them.
enum PictureTensor {
  /// Returns an image as float [3, height, width], 0 … 1: grey is repeated, alpha dropped, every
  /// sample divided by its greatest possible value, 255 or 65535, as in torchvision's `to_tensor`.
  static func tensor(of bitmap: Bitmap) -> Tensor {
    let tensor = Tensor.empty([3, bitmap.height, bitmap.width])
    tensor.withUnsafeMutableBytes { bytes in
      let planes = bytes.bindMemory(to: Float.self)
      bitmap.pixels.withUnsafeBytes { pixels in
        if bitmap.bitDepth == 8 {
          fill(planes, from: pixels.bindMemory(to: UInt8.self), channels: bitmap.channels)
        } else {
          fill(planes, from: pixels.bindMemory(to: UInt16.self), channels: bitmap.channels)
        }
      }
    }
    return tensor
  }

  private static func fill<Sample: FixedWidthInteger>(
    _ planes: UnsafeMutableBufferPointer<Float>, from samples: UnsafeBufferPointer<Sample>,
    channels: Int
  ) {
    let pixels = planes.count / 3
    let most = Float(Sample.max)
    for channel in 0..<3 {
      let plane = UnsafeMutableBufferPointer(rebasing: planes[(channel * pixels)...].prefix(pixels))
      var source = channels >= 3 ? channel : 0
      for pixel in 0..<pixels {
        plane[pixel] = Float(samples[source]) / most
        source += channels
      }
    }
  }

  /// Returns the image [C, H, W] upright, by the EXIF orientation of the stored one, 1 … 8 (CIPA
  /// DC-008, 4.6.5.1.6).
  static func upright(_ picture: Tensor, orientation: Int) -> Tensor {
    let turned = orientation >= 5 ? picture.transposed(1, 2) : picture
    // After the turn, what lies at the far edge must come to the near one.
    let mirrored = [2, 3, 6, 7].contains(orientation)
    let upsideDown = [3, 4, 7, 8].contains(orientation)
    let dimensions = (upsideDown ? [1] : []) + (mirrored ? [2] : [])
    return dimensions.isEmpty ? turned.contiguous() : turned.flipped(dimensions)
  }
}

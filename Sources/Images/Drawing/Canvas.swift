/// A canvas to draw on: RGB of 8 bits, with smooth edges and colours mixed in linear light.
public struct Canvas: Sendable {
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  var pixels: [UInt8]

  /// The rule for which places lie within a path whose rings cross.
  public enum FillRule: Sendable {
    /// A place is inside if rings around it do not cancel by opposite directions.
    case nonZero
    /// A place is inside if an odd number of rings surrounds it, so that a ring within a ring is a
    /// hole.
    case evenOdd
  }

  /// Creates a canvas that shows `picture`, in three channels of 8 bits.
  public init(_ picture: Bitmap) {
    let picture = picture.rgb()
    (width, height, pixels) = (picture.width, picture.height, picture.pixels)
  }

  /// A canvas of one colour.
  ///
  /// - Precondition: a size of 1 × 1 and more.
  public init(width: Int, height: Int, colour: Colour) {
    precondition(width > 0 && height > 0, "Canvas: expected 1 × 1 pixels or more")
    (self.width, self.height) = (width, height)
    pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
      for pixel in 0..<width * height {
        buffer[pixel * 3] = colour.red
        buffer[pixel * 3 + 1] = colour.green
        buffer[pixel * 3 + 2] = colour.blue
      }
      count = buffer.count
    }
  }

  /// The image in its present state.
  public var bitmap: Bitmap {
    Bitmap(width: width, height: height, channels: 3, pixels: pixels)
  }

  /// Copies an image onto the canvas with its upper left pixel at a column and a row; parts outside
  /// the canvas are left out.
  public mutating func place(_ picture: Bitmap, column: Int, row: Int) {
    let picture = picture.rgb()
    let columns = max(column, 0)..<max(min(column + picture.width, width), max(column, 0))
    guard !columns.isEmpty else { return }
    for y in max(row, 0)..<max(min(row + picture.height, height), max(row, 0)) {
      let source = ((y - row) * picture.width + columns.lowerBound - column) * 3
      let target = (y * width + columns.lowerBound) * 3
      pixels.replaceSubrange(
        target..<target + columns.count * 3,
        with: picture.pixels[source..<source + columns.count * 3])
    }
  }

  /// Fills what a path bounds.
  ///
  /// - Parameter opacity: 0 for nothing to 1 for all of the colour.
  public mutating func fill(
    _ path: VectorPath, _ colour: Colour, opacity: Double = 1, rule: FillRule = .nonZero
  ) {
    guard let raster = CoverageRaster(path, width: width, height: height) else { return }
    let ink = Ink(colour, opacity: opacity)
    guard ink.strength > 0 else { return }
    let whole = WholePixels(ink)
    raster.cells.withUnsafeBufferPointer { cells in
      for row in 0..<raster.height {
        let touched = raster.touched[row]
        guard touched.last >= 0 else { continue }
        let start = row * raster.stride
        // Behind the last line nothing is covered any more.
        let columns = Int(touched.first)..<min(Int(touched.last) + 1, raster.width)
        blend(
          UnsafeBufferPointer(rebasing: cells[start + columns.lowerBound..<start + raster.stride]),
          count: columns.count, at: (raster.top + row) * width + raster.left + columns.lowerBound,
          ink, whole, rule)
      }
    }
  }

  /// Blends a row of ink over the pixels from `pixel` on.
  ///
  /// - Parameter cells: The amount that each pixel adds to the coverage of those from it on.
  private mutating func blend(
    _ cells: UnsafeBufferPointer<Float>, count: Int, at pixel: Int, _ ink: Ink,
    _ whole: WholePixels, _ rule: FillRule
  ) {
    pixels.withUnsafeMutableBufferPointer { pixels in
      LinearLight.light.withUnsafeBufferPointer { light in
        LinearLight.values.withUnsafeBufferPointer { values in
          var sum: Float = 0
          var place = pixel * 3
          for column in 0..<count {
            sum += cells[column]
            let covered = Self.covered(sum, rule)
            if covered >= 255.5 / 256 {
              whole.lay(over: pixels, at: place)
            } else if covered > 0.5 / 256 {
              let part = Int(covered * Float(ink.strength) + 0.5)
              func mix(_ channel: Int, _ ink: Int) {
                let old = Int(light[Int(pixels[place + channel])])
                pixels[place + channel] = values[LinearLight.step(old * (256 - part) + ink * part)]
              }
              mix(0, ink.light.0)
              mix(1, ink.light.1)
              mix(2, ink.light.2)
            }
            place += 3
          }
        }
      }
    }
  }

  @inline(__always)
  private static func covered(_ sum: Float, _ rule: FillRule) -> Float {
    let sum = abs(sum)
    switch rule {
    case .nonZero: return min(sum, 1)
    case .evenOdd:
      let rest = sum - 2 * (sum / 2).rounded(.down)
      return rest > 1 ? 2 - rest : rest
    }
  }
}

/// The results for fully covered pixels, looked up by their old values.
private struct WholePixels {
  private let colour: Colour
  /// The 256 results for each channel; empty if nothing of the old colour is left.
  private var values: [UInt8] = []

  init(_ ink: Ink) {
    colour = ink.colour
    guard ink.strength < 256 else { return }
    values.reserveCapacity(768)
    for light in [ink.light.0, ink.light.1, ink.light.2] {
      for old in LinearLight.light {
        let sum = Int(old) * (256 - ink.strength) + light * ink.strength
        values.append(LinearLight.values[LinearLight.step(sum)])
      }
    }
  }

  @inline(__always)
  func lay(over pixels: UnsafeMutableBufferPointer<UInt8>, at place: Int) {
    if values.isEmpty {
      pixels[place] = colour.red
      pixels[place + 1] = colour.green
      pixels[place + 2] = colour.blue
    } else {
      pixels[place] = values[Int(pixels[place])]
      pixels[place + 1] = values[256 + Int(pixels[place + 1])]
      pixels[place + 2] = values[512 + Int(pixels[place + 2])]
    }
  }
}

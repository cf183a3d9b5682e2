import Torch

/// A picture made small: the colour of each pixel as one of 64, and how strongly brightness changes
/// there.
struct PictureColours: Sendable {
  static let colourCount = 64
  /// What the longer side becomes, pixels.
  private static let longSide = 256

  let width: Int
  let height: Int
  private let colours: [UInt8]
  private let edges: [Float]

  /// - Parameter image: [3, H, W], from 0 to 1.
  init(_ image: Tensor) {
    let (height, width) = (image.size(1), image.size(2))
    let scale = min(1, Double(Self.longSide) / Double(max(height, width)))
    self.height = max(1, Int((Double(height) * scale).rounded()))
    self.width = max(1, Int((Double(width) * scale).rounded()))
    let count = self.height * self.width
    // Each pixel is the mean of those that it stands for.
    let values: [Float] = adaptiveAveragePool(
      image.unsqueezed(0), size: [self.height, self.width]
    ).to(.float32).contiguous().scalars()
    colours = (0..<count).map { pixel in
      (0..<3).reduce(UInt8(0)) { colour, channel in
        colour * 4 + UInt8(min(max(values[channel * count + pixel], 0), 0.999) * 4)
      }
    }
    edges = Self.edges(
      of: (0..<count).map { (values[$0] + values[count + $0] + values[2 * count + $0]) / 3 },
      width: self.width, height: self.height)
  }

  /// The size of the gradient by central differences; 0 across the picture's border.
  private static func edges(of brightness: [Float], width: Int, height: Int) -> [Float] {
    var edges = [Float](repeating: 0, count: brightness.count)
    for y in 0..<height {
      for x in 0..<width {
        let place = y * width + x
        let across =
          x > 0 && x < width - 1 ? brightness[place + 1] - brightness[place - 1] : 0
        let down =
          y > 0 && y < height - 1 ? brightness[place + width] - brightness[place - width] : 0
        edges[place] = (across * across + down * down).squareRoot()
      }
    }
    return edges
  }

  /// What is in a rectangle.
  func region(_ area: PixelArea) -> ColourRegion {
    var region = ColourRegion()
    for y in area.rows {
      for place in (y * width + area.columns.lowerBound)..<(y * width + area.columns.upperBound) {
        region.counts[Int(colours[place])] += 1
        region.edges += Double(edges[place])
      }
    }
    region.pixels = area.rows.count * area.columns.count
    return region
  }
}

/// A rectangle of whole pixels.
struct PixelArea: Equatable {
  var columns: Range<Int>
  var rows: Range<Int>
}

/// The colours and edges of some pixels.
struct ColourRegion {
  var counts = [Float](repeating: 0, count: PictureColours.colourCount)
  var edges = 0.0
  var pixels = 0

  /// These pixels without others that are among them.
  func subtracting(_ other: ColourRegion) -> ColourRegion {
    var rest = self
    for colour in counts.indices { rest.counts[colour] -= other.counts[colour] }
    rest.edges -= other.edges
    rest.pixels -= other.pixels
    return rest
  }

  /// How unlike the colours are, from 0 to 2: the chi-square distance of their shares.
  func colourDistance(to other: ColourRegion) -> Double {
    guard pixels > 0, other.pixels > 0 else { return 0 }
    return counts.indices.reduce(0) { sum, colour in
      let own = Double(counts[colour]) / Double(pixels)
      let foreign = Double(other.counts[colour]) / Double(other.pixels)
      let difference = own - foreign
      return difference == 0 ? sum : sum + difference * difference / (own + foreign)
    }
  }

  /// The mean strength of its edges.
  var edgeDensity: Double { pixels > 0 ? edges / Double(pixels) : 0 }
}

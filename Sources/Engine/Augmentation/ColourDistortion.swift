import Torch

/// A distortion of the brightness, contrast, saturation and hue of images, each with a probability
/// of a half and by a factor drawn evenly, and of the order of their channels (torchvision's
/// `RandomPhotometricDistort`; Liu et al., 2016).
public struct ColourDistortion: Sendable, Equatable {
  /// The probability of each change, 0 … 1.
  public var probability = 0.5
  /// The range of the factor of brightness.
  public var brightness = 0.875...1.125
  /// The range of the factor of contrast.
  public var contrast = 0.5...1.5
  /// The range of the factor of saturation.
  public var saturation = 0.5...1.5
  /// The range of the turn of hue, as a share of the colour circle.
  public var hue = -0.05...0.05

  /// Creates a distortion with torchvision's defaults.
  public init() {}

  /// The changes drawn for an image; nil for those that are not made.
  struct Draw: Equatable {
    var brightness: Double?
    /// The factor of contrast before saturation and hue.
    var firstContrast: Double?
    var saturation: Double?
    var hue: Double?
    /// The factor of contrast after saturation and hue.
    var lastContrast: Double?
    /// The channel that each channel is taken from.
    var channels: [Int]?
  }

  func applied(to picture: Tensor, using generator: inout SeededGenerator) -> Tensor {
    draw(using: &generator).applied(to: picture)
  }

  /// Draws the changes for one image.
  func draw(using generator: inout SeededGenerator) -> Draw {
    func isDrawn(_ generator: inout SeededGenerator) -> Bool {
      Double.random(in: 0..<1, using: &generator) < probability
    }
    func factor(_ range: ClosedRange<Double>, _ generator: inout SeededGenerator) -> Double? {
      isDrawn(&generator) ? Double.random(in: range, using: &generator) : nil
    }
    var draw = Draw()
    draw.brightness = factor(brightness, &generator)
    let isFirst = Double.random(in: 0..<1, using: &generator) < 0.5
    if isFirst { draw.firstContrast = factor(contrast, &generator) }
    draw.saturation = factor(saturation, &generator)
    draw.hue = factor(hue, &generator)
    if !isFirst { draw.lastContrast = factor(contrast, &generator) }
    if isDrawn(&generator) { draw.channels = [0, 1, 2].shuffled(using: &generator) }
    return draw
  }
}

extension ColourDistortion.Draw {
  /// Returns the image [3, H, W], 0 … 1, with the changes made.
  func applied(to picture: Tensor) -> Tensor {
    var picture = picture
    if let brightness { picture = picture.with(brightness: brightness) }
    if let firstContrast { picture = picture.with(contrast: firstContrast) }
    if let saturation { picture = picture.with(saturation: saturation) }
    if let hue { picture = picture.turned(hue: hue) }
    if let lastContrast { picture = picture.with(contrast: lastContrast) }
    if let channels {
      picture = picture.indexSelect(dim: 0, Tensor(channels.map { Int64($0) }))
    }
    return picture
  }
}

/// The operations on an image [3, H, W], 0 … 1, by the formulas of torchvision's functions on
/// tensors.
extension Tensor {
  func with(brightness factor: Double) -> Tensor {
    (self * factor).clamped(min: 0, max: 1)
  }

  func with(contrast factor: Double) -> Tensor {
    (self * factor + grey.mean() * (1 - factor)).clamped(min: 0, max: 1)
  }

  func with(saturation factor: Double) -> Tensor {
    (self * factor + grey * (1 - factor)).clamped(min: 0, max: 1)
  }

  /// Returns the image with its hue turned by a share of the colour circle.
  func turned(hue turn: Double) -> Tensor {
    let values = scalars(as: Float.self)
    let count = values.count / 3
    let turned = Tensor.empty(shape)
    turned.withUnsafeMutableBytes { bytes in
      let result = bytes.bindMemory(to: Float.self)
      for pixel in 0..<count {
        let colour = HueColour(
          red: values[pixel], green: values[count + pixel], blue: values[2 * count + pixel]
        ).turned(by: Float(turn))
        result[pixel] = colour.red
        result[count + pixel] = colour.green
        result[2 * count + pixel] = colour.blue
      }
    }
    return turned
  }

  /// The grey levels of the image, [1, H, W].
  private var grey: Tensor {
    slice(dim: 0, from: 0, to: 1) * 0.2989 + slice(dim: 0, from: 1, to: 2) * 0.587
      + slice(dim: 0, from: 2, to: 3) * 0.114
  }
}

/// A colour as hue, saturation and value, 0 … 1 each (Smith, 1978).
private struct HueColour {
  private var hue: Float
  private let saturation: Float
  private let value: Float

  init(red: Float, green: Float, blue: Float) {
    let (most, least) = (max(red, green, blue), min(red, green, blue))
    let range = most - least
    value = most
    saturation = range == 0 ? 0 : range / most
    guard range > 0 else {
      hue = 0
      return
    }
    let (r, g, b) = ((most - red) / range, (most - green) / range, (most - blue) / range)
    let sextant: Float = most == red ? b - g : most == green ? 2 + r - b : 4 + g - r
    hue = (sextant / 6 + 1).truncatingRemainder(dividingBy: 1)
  }

  /// Returns the colour with its hue turned by a share of the circle.
  func turned(by turn: Float) -> (red: Float, green: Float, blue: Float) {
    let turned = (hue + turn).truncatingRemainder(dividingBy: 1)
    let place = (turned < 0 ? turned + 1 : turned) * 6
    let sextant = place.rounded(.down)
    let share = place - sextant
    let low = (value * (1 - saturation)).inUnit
    let falling = (value * (1 - saturation * share)).inUnit
    let rising = (value * (1 - saturation * (1 - share))).inUnit
    return switch Int(sextant) % 6 {
    case 0: (value, rising, low)
    case 1: (falling, value, low)
    case 2: (low, value, rising)
    case 3: (low, falling, value)
    case 4: (rising, low, value)
    default: (value, low, falling)
    }
  }
}

extension Float {
  /// The number clamped to 0 … 1.
  fileprivate var inUnit: Float { min(max(self, 0), 1) }
}

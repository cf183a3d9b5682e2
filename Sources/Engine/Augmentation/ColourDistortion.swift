import Torch

/// Changes brightness, contrast, saturation and hue of pictures, each with a probability of a half
/// and by a factor drawn evenly, and the order of their channels (torchvision's
/// `RandomPhotometricDistort`; Liu et al., 2016).
public struct ColourDistortion: Sendable, Equatable {
  public var probability = 0.5
  public var brightness = 0.875...1.125
  public var contrast = 0.5...1.5
  public var saturation = 0.5...1.5
  /// The turn of the colour circle, of which 1 is the whole.
  public var hue = -0.05...0.05

  public init() {}

  /// What was drawn for a picture; nil for what stays.
  struct Draw: Equatable {
    var brightness: Double?
    /// Before saturation and hue.
    var firstContrast: Double?
    var saturation: Double?
    var hue: Double?
    /// After them.
    var lastContrast: Double?
    /// Of which channel each is taken.
    var channels: [Int]?
  }

  func applied(to picture: Tensor, using generator: inout SeededGenerator) -> Tensor {
    draw(using: &generator).applied(to: picture)
  }

  /// Draws for one picture.
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
  /// Returns the picture [3, H, W], 0 … 1, as it was drawn to be.
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

/// A picture [3, H, W], 0 … 1, by the formulas of torchvision's functions on tensors.
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

  /// Turns the colour circle by a share of it.
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

  /// [1, H, W]
  private var grey: Tensor {
    slice(dim: 0, from: 0, to: 1) * 0.2989 + slice(dim: 0, from: 1, to: 2) * 0.587
      + slice(dim: 0, from: 2, to: 3) * 0.114
  }
}

/// A colour by its hue, saturation and value, 0 … 1 each (Smith, 1978).
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
  /// Brought into 0 … 1.
  fileprivate var inUnit: Float { min(max(self, 0), 1) }
}

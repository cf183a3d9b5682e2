import Torch

/// A few figures of a tensor: sum, L2 norm and mean, added up in float64, and up to four entries
/// spread evenly; of n flat entries those at i(n − 1) / 3.
struct Digest: Decodable {
  let sum: Double
  let norm: Double
  let mean: Double
  let entries: [Double]

  init(from decoder: any Decoder) throws {
    let figures = try decoder.singleValueContainer().decode([Double].self)
    guard figures.count > 3 else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected 4 to 7 figures of a digest, found \(figures.count)"))
    }
    (sum, norm, mean) = (figures[0], figures[1], figures[2])
    entries = Array(figures[3...])
  }

  init(of tensor: Tensor) {
    let count = tensor.count
    let flat = tensor.detached().contiguous().reshaped([count])
    var sum = 0.0
    var squares = 0.0
    // In pieces that a processor's cache holds: a layer of VGG in float64 is most of a gigabyte.
    for start in stride(from: 0, to: count, by: 1 << 15) {
      let piece = flat.slice(dim: 0, from: start, to: start + 1 << 15).to(.float64)
      sum += piece.sum().item()
      squares += piece.square().sum().item()
    }
    self.sum = sum
    norm = squares.squareRoot()
    mean = sum / Double(count)
    let picked = min(4, count)
    entries = (0..<picked).map { flat[$0 * (count - 1) / max(1, picked - 1)].item() }
  }

  /// The largest difference from what is expected of a tensor of so many numbers, relative to its
  /// norm, and for one entry to the root of the mean square.
  ///
  /// - Parameter scale: what a tensor that is zero but for rounding (under a thousandth of the
  ///   scale) is compared with, instead of its own norm.
  func difference(from expected: Digest, count: Int, scale: Double = 0) -> Double {
    let reference = expected.norm < scale / 1000 ? scale : expected.norm
    let typical = reference / Double(count).squareRoot()
    var differences = [
      relative(norm, expected.norm, to: reference),
      relative(sum, expected.sum, to: max(reference, abs(expected.sum))),
    ]
    for (entry, wanted) in zip(entries, expected.entries) {
      differences.append(relative(entry, wanted, to: max(typical, abs(wanted))))
    }
    let largest = differences.max() ?? 0
    return entries.count == expected.entries.count && !differences.contains(where: \.isNaN)
      ? largest : .infinity
  }

  private func relative(_ found: Double, _ expected: Double, to reference: Double) -> Double {
    found == expected ? 0 : abs(found - expected) / reference
  }
}

import Torch

/// Ridge regression (Hoerl and Kennard, 1970) that predicts the rows of each part of the images
/// from those of all other parts.
///
/// A penalty of a share of the rows' weights keeps hundreds of features from fitting a few rows.
struct HeldOutRidge {
  /// Returns the number of parts that images are divided into, larger for few images, to learn from
  /// most of them.
  private static func parts(of pictures: Int) -> Int { min(pictures, pictures < 50 ? 10 : 5) }
  /// The penalty as a share of the weights of the rows that are learnt from.
  private static let penalty = 0.3

  /// The rows of one part.
  private struct Part {
    let rows: Tensor
    /// The features, [rows, features].
    let design: Tensor
    /// The features, [rows, features], each row times its weight.
    let weighted: Tensor
    /// The products of features, summed over the rows by their weights, [features, features].
    let products: Tensor
    /// The sum of the weights.
    let weight: Double
  }

  private let parts: [Part]
  private let partOfPicture: [Int: Int]
  private let scale: FeatureScale
  private let products: Tensor
  private let weight: Double
  private let count: Int

  /// Prepares the regression.
  ///
  /// - Parameters:
  ///   - rows: The features, [rows, features], float64.
  ///   - pictures: The image of each row, which decides its part; at least two images.
  ///   - weights: The weight of each row when others are predicted from it; 0 excludes it.
  init(_ rows: Tensor, pictures: [Int], weights: [Double]) {
    scale = FeatureScale(rows)
    let design = scale.standardised(rows)
    let order = Dictionary(
      uniqueKeysWithValues: Set(pictures).sorted().enumerated().map { ($1, $0) })
    let number = Self.parts(of: order.count)
    partOfPicture = order.mapValues { $0 % number }
    let partOfRow = pictures.map { order[$0, default: 0] % number }
    let parts = (0..<number).map { part in
      let own = pictures.indices.filter { partOfRow[$0] == part }
      let chosen = Tensor(own.map(Int64.init))
      let values = design.indexSelect(dim: 0, chosen)
      let weighted = values * Tensor(own.map { weights[$0] }, shape: [own.count, 1])
      return Part(
        rows: chosen, design: values, weighted: weighted,
        products: weighted.transposed(0, 1).matmul(values),
        weight: own.reduce(0) { $0 + weights[$1] })
    }
    self.parts = parts
    products = Self.sum(parts.map(\.products))
    weight = parts.reduce(0) { $0 + $1.weight }
    count = pictures.count
  }

  /// Returns predictions of targets, [rows, outputs] float64, each row's from the rows of other
  /// parts.
  func predictions(of targets: Tensor) -> Tensor {
    let predictions = zip(parts, coefficients(of: targets)).map { $0.design.matmul($1) }
    let rows = Tensor.concatenate(parts.map(\.rows))
    let places = rows.unsqueezed(1).expanded([count, targets.size(1)]).contiguous()
    return (targets * 0).scatter(dim: 0, places, .concatenate(predictions))
  }

  /// Returns models of targets, [rows, outputs] float64, for further boxes of the same images.
  func models(of targets: Tensor) -> HeldOutModels {
    HeldOutModels(
      scale: scale, coefficients: coefficients(of: targets), partOfPicture: partOfPicture)
  }

  /// Returns what each part is predicted with, [features, outputs].
  private func coefficients(of targets: Tensor) -> [Tensor] {
    let width = products.size(0)
    let diagonal = Tensor(Array(0..<Int64(width))).oneHot(classes: width).to(.float64)
    let known = parts.map { part in
      part.weighted.transposed(0, 1).matmul(targets.indexSelect(dim: 0, part.rows))
    }
    let all = Self.sum(known)
    // What is learnt from the other parts is what is learnt from all less what is from the part.
    return zip(parts, known).map { part, own in
      let penalty = diagonal * (Self.penalty * max(weight - part.weight, 1))
      return (products - part.products + penalty).solved(for: all - own)
    }
  }

  private static func sum(_ tensors: [Tensor]) -> Tensor {
    Tensor.stack(tensors).sum(dims: [0])
  }
}

/// Linear models, one for each part of the images, which has not seen that part.
struct HeldOutModels: Sendable {
  fileprivate let scale: FeatureScale
  fileprivate let coefficients: [Tensor]
  fileprivate let partOfPicture: [Int: Int]

  /// Returns what is predicted, [rows, outputs] float64, of features [rows, features] of an image
  /// that had rows when the models learnt.
  func predictions(for rows: Tensor, of picture: Int) -> Tensor {
    scale.standardised(rows).matmul(coefficients[partOfPicture[picture, default: 0]])
  }
}

/// The means and deviations of features.
private struct FeatureScale: Sendable {
  private let mean: Tensor
  private let deviation: Tensor

  init(_ rows: Tensor) {
    mean = rows.mean(dims: [0], keepDim: true)
    deviation = (rows - mean).square().mean(dims: [0], keepDim: true).sqrt() + 1e-6
  }

  /// Returns the features in units of their deviations, and a 1 for the constant.
  func standardised(_ rows: Tensor) -> Tensor {
    let ones = Tensor([Double](repeating: 1, count: rows.size(0)), shape: [rows.size(0), 1])
    return .concatenate([(rows - mean) / deviation, ones], dim: 1)
  }
}

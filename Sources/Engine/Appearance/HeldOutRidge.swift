import Torch

/// Ridge regression (Hoerl and Kennard, 1970), by which the rows of each part of the pictures are
/// predicted from those of all other parts.
///
/// A penalty of a share of the rows' weights keeps hundreds of features from fitting a few rows.
struct HeldOutRidge {
  /// Into how many parts pictures are divided; more where there are few, to learn from most of them.
  private static func parts(of pictures: Int) -> Int { min(pictures, pictures < 50 ? 10 : 5) }
  /// The penalty as a share of the weights of the rows that are learnt from.
  private static let penalty = 0.3

  /// The rows of one part, and what they are predicted from.
  private struct Part {
    let rows: Tensor
    let others: Tensor
    /// [others, features], each row times its weight.
    let weighted: Tensor
    /// The penalised products of the others' features, [features, features].
    let products: Tensor
  }

  /// [rows, features], each feature from its mean in its standard deviations, and a one.
  private let design: Tensor
  private let parts: [Part]

  /// - Parameters:
  ///   - rows: [rows, features], float64.
  ///   - pictures: the picture of each row, which decides its part; two at least.
  ///   - weights: how much a row counts where others are predicted from it; 0 for not at all.
  init(_ rows: Tensor, pictures: [Int], weights: [Double]) {
    let design = Self.standardised(rows)
    self.design = design
    let order = Dictionary(
      uniqueKeysWithValues: Set(pictures).sorted().enumerated().map { ($1, $0) })
    let number = Self.parts(of: order.count)
    let partOfRow = pictures.map { order[$0, default: 0] % number }
    parts = (0..<number).compactMap { part in
      let own = pictures.indices.filter { partOfRow[$0] == part }
      let others = pictures.indices.filter { partOfRow[$0] != part && weights[$0] > 0 }
      guard !own.isEmpty, !others.isEmpty else { return nil }
      let chosen = Tensor(others.map(Int64.init))
      let values = design.indexSelect(dim: 0, chosen)
      let weighted = values * Tensor(others.map { weights[$0] }, shape: [others.count, 1])
      let penalty = Self.penalty * others.reduce(0) { $0 + weights[$1] }
      let width = design.size(1)
      let diagonal = Tensor(Array(0..<Int64(width))).oneHot(classes: width).to(.float64)
      return Part(
        rows: Tensor(own.map(Int64.init)), others: chosen, weighted: weighted,
        products: weighted.transposed(0, 1).matmul(values) + diagonal * penalty)
    }
  }

  /// Predicts targets, [rows, outputs] float64, each row's from the rows of other parts.
  func predictions(of targets: Tensor) -> Tensor {
    let rows = Tensor.concatenate(parts.map(\.rows))
    let predictions = parts.map { part in
      let known = targets.indexSelect(dim: 0, part.others)
      let coefficients = part.products.solved(
        for: part.weighted.transposed(0, 1).matmul(known))
      return design.indexSelect(dim: 0, part.rows).matmul(coefficients)
    }
    let places = rows.unsqueezed(1).expanded([rows.size(0), targets.size(1)]).contiguous()
    return (targets * 0).scatter(dim: 0, places, .concatenate(predictions))
  }

  private static func standardised(_ rows: Tensor) -> Tensor {
    let centred = rows - rows.mean(dims: [0], keepDim: true)
    let deviations = centred.square().mean(dims: [0], keepDim: true).sqrt()
    let ones = Tensor([Double](repeating: 1, count: rows.size(0)), shape: [rows.size(0), 1])
    return .concatenate([centred / (deviations + 1e-6), ones], dim: 1)
  }
}

import Testing
import Torch

/// A fixture of pooled regions: features, regions, and what becomes of them by the options.
struct PooledRegions: Decodable {
  struct Case: Decodable {
    let aligned: Bool?
    let samplingRatio: Int?
    let spatialScale: Double
    let outputShape: [Int]
    let output: [Float]
    let gradient: [Float]
  }

  let shape: [Int]
  let input: [Float]
  let regions: [[Float]]
  let cases: [Case]

  /// Compares what is pooled to 3×2 bins, and the gradient, with torchvision's in every case.
  func check(_ pool: (Tensor, Tensor, Case) -> Tensor) {
    for expected in cases {
      let features = Tensor(input, shape: shape)
      features.requiresGradient = true
      let output = pool(features, Tensor(rows: regions), expected)
      expectClose(output, Tensor(expected.output, shape: expected.outputShape))
      output.backward(.linspace(-1, 1, steps: output.count).reshaped(output.shape))
      guard let gradient = features.gradient else { continue }
      expectClose(gradient, Tensor(expected.gradient, shape: shape))
    }
  }
}

/// Regions that no annotation should hold, of image 0.
struct HostileRegion: CustomStringConvertible {
  let corners: [Float]

  var description: String { "\(corners)" }
  var tensor: Tensor { Tensor([0] + corners, shape: [1, 5]) }

  static let notFinite = [
    [.nan, 0, 4, 4], [0, 0, .nan, 4], [0, 0, .infinity, 4], [0, .infinity, 4, 4],
    [0, 0, 4, -.infinity], [-.infinity, -.infinity, .infinity, .infinity],
    [-3e38, -3e38, 3e38, 3e38 * 2],
  ].map(HostileRegion.init)

  static let huge = [
    [0, 0, 1e30, 1e30], [-1e30, -1e30, 1e30, 1e30], [1e30, 1e30, 0, 0], [-3e38, 0, 3e38, 4],
    [1e30, 1e30, 2e30, 2e30], [-1e19, 0, 1e19, 4], [0, -3e9, 4, 3e9],
  ].map(HostileRegion.init)
}

/// Float32 features [2, channels, 9, 7] and 40 regions, some of them beyond the edges.
struct ManyRegions {
  let features: Tensor
  let rois: Tensor

  init(channels: Int) {
    features = Tensor.scattered([2, channels, 9, 7]).to(.float32)
    let images = Tensor.arange(40, dtype: .float64).reshaped([40, 1]) % 2
    let corners = Tensor.scattered([40, 4]) * 6.0 + 4.0
    rois = .concatenate([images, corners], dim: 1).to(.float32)
  }

  /// The bits of what is pooled with so many threads, and of the features' gradient.
  func bits(threads: Int, _ pool: (Tensor, Tensor) -> Tensor) -> [[Float]] {
    let before = Runtime.threads
    Runtime.threads = threads
    defer { Runtime.threads = before }
    let leaf = features.clone()
    leaf.requiresGradient = true
    let pooled = pool(leaf, rois)
    pooled.backward(.linspace(-1, 1, steps: pooled.count).reshaped(pooled.shape))
    return [pooled, leaf.gradient ?? leaf].map { $0.scalars() }
  }
}

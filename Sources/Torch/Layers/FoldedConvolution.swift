import Synchronization

/// A normalisation that in inference is an affine map of channels, `scale · x + shift`, which is
/// determined by tensors [K].
public protocol ChannelNorm: Layer {
  /// The scale of each channel after the normalisation, [K].
  var weight: Tensor { get }
  /// The shift of each channel, [K].
  var bias: Tensor { get }
  /// The mean of each channel, [K].
  var runningMean: Tensor { get }
  /// The variance of each channel, [K].
  var runningVar: Tensor { get }
  /// The number added to the variance.
  var epsilon: Double { get }
  /// The tensors that the map depends on; a change in any of them invalidates the map.
  var mapSources: [Tensor] { get }
  /// The cache of the preceding convolution merged with this normalisation.
  var folding: FoldedConvolution { get }
}

extension ChannelNorm {
  /// Returns the scale and the shift of each channel in inference, [K] each.
  public func inferenceMap() -> (scale: Tensor, shift: Tensor) {
    let scale = weight / (runningVar + epsilon).sqrt()
    return (scale, bias - runningMean * scale)
  }
}

extension Layer {
  /// Returns the layer's output for a convolution's output.
  ///
  /// In inference without recorded gradients, a convolution and a `ChannelNorm` are merged into one
  /// convolution, whose weights are computed again only after a change in a tensor of either.
  public func callAsFunction(
    after convolve: some Convolution, _ input: Tensor, _ mode: Mode
  ) -> Tensor {
    guard mode == .inference, !gradientsAreRecorded(), let norm = self as? any ChannelNorm
    else { return self(convolve(input), mode) }
    let folded = norm.folding.weights(
      of: convolve, sources: norm.mapSources, map: norm.inferenceMap)
    if let framewise = folded.framewise { return framewise(input, folded.bias) }
    return convolution(input, folded.weight, folded.bias, convolve.window)
  }
}

/// A cache of a convolution merged with the affine map of its output channels, which is valid until
/// a tensor that it was computed from changes.
public final class FoldedConvolution: Sendable {
  /// The weights of a merged convolution.
  public struct Weights: Sendable {
    /// The weight with each output channel scaled.
    public let weight: Tensor
    /// The bias with the shift added, [K].
    public let bias: Tensor
    /// The same convolution over space alone, for a convolution over space and time.
    let framewise: FramewiseConvolution?
  }

  private struct Kept {
    let sources: [(tensor: Tensor, changes: Int)]
    let weights: Weights
  }

  private let kept = Mutex<Kept?>(nil)

  /// Creates an empty cache.
  public init() {}

  /// Returns the convolution's weights merged with `scale · output + shift`, from the cache if
  /// nothing has changed.
  ///
  /// - Parameters:
  ///   - convolve: The convolution.
  ///   - sources: The tensors that scale and shift depend on.
  ///   - map: Computes scale and shift, [K] each.
  public func weights(
    of convolve: some Convolution, sources: [Tensor], map: () -> (scale: Tensor, shift: Tensor)
  ) -> Weights {
    let sources = sources + [convolve.weight] + (convolve.bias.map { [$0] } ?? [])
    if let kept = kept.withLock({ $0 }), Self.areSame(kept.sources, sources) {
      return kept.weights
    }
    let (scale, shift) = map()
    let perChannel = [scale.count] + Array(repeating: 1, count: convolve.weight.rank - 1)
    let weight = convolve.weight * scale.reshaped(perChannel)
    let framewise = FramewiseConvolution(convolve, weight: weight)
    let weights = Weights(
      weight: framewise?.weight ?? weight, bias: convolve.bias.map { $0 * scale + shift } ?? shift,
      framewise: framewise)
    let record = Kept(sources: sources.map { ($0, $0.changes) }, weights: weights)
    kept.withLock { $0 = record }
    return weights
  }

  private static func areSame(
    _ kept: [(tensor: Tensor, changes: Int)], _ sources: [Tensor]
  ) -> Bool {
    kept.count == sources.count
      && zip(kept, sources).allSatisfy {
        $0.tensor.handle === $1.handle && $0.changes == $1.changes
      }
  }
}

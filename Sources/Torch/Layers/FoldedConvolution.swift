import Synchronization

/// A normalisation that in inference is an affine map of channels, `scale · x + shift`, by what is
/// known of them: each tensor is [K].
public protocol ChannelNorm: Layer {
  var weight: Tensor { get }
  var bias: Tensor { get }
  var runningMean: Tensor { get }
  var runningVar: Tensor { get }
  var epsilon: Double { get }
  /// The tensors that the map depends on; a change of any makes it out of date.
  var mapSources: [Tensor] { get }
  /// Where the convolution before it is kept together with it.
  var folding: FoldedConvolution { get }
}

extension ChannelNorm {
  /// Scale and shift in inference, each [K].
  public func inferenceMap() -> (scale: Tensor, shift: Tensor) {
    let scale = weight / (runningVar + epsilon).sqrt()
    return (scale, bias - runningMean * scale)
  }
}

extension Layer {
  /// Normalises what a convolution makes. In inference a convolution and a `ChannelNorm` are one
  /// convolution, whose weights are worked out anew only when a number of either has changed.
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

/// A convolution and the affine map of its channels after it, as one convolution; kept until a
/// number that it was worked out of changes.
public final class FoldedConvolution: Sendable {
  public struct Weights: Sendable {
    public let weight: Tensor
    public let bias: Tensor
    /// The same over space alone, where the convolution is over space and time.
    let framewise: FramewiseConvolution?
  }

  private struct Kept {
    let sources: [(tensor: Tensor, changes: Int)]
    let weights: Weights
  }

  private let kept = Mutex<Kept?>(nil)

  public init() {}

  /// The convolution's weights with `scale · output + shift` put into them.
  ///
  /// - Parameters:
  ///   - sources: the tensors that scale and shift depend on.
  ///   - map: works out scale and shift, each [K].
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

import Foundation
import Testing
import Torch

@testable import DetectionModels

/// Figures worked by hand: two anchors of 32×32 around (0, 0) and (32, 0) in pictures of 32×64, and
/// an object in the first picture that covers a quarter of the first anchor.
@Suite("RegionProposalNetwork")
struct RegionProposalNetworkTests {
  private let images = ImageList(
    tensors: .zeros([2, 3, 32, 64]),
    imageSizes: Array(repeating: SpatialSize(height: 32, width: 64), count: 2))
  private let maps = [Tensor.ones([2, 1, 1, 2])]
  private let targets = [
    TrainingTarget(boxes: Tensor(rows: [[0, 0, 16, 16]]), labels: Tensor([1])),
    TrainingTarget(boxes: .zeros([0, 4]), labels: .zeros([0], dtype: .int64)),
  ]

  @Test func `certainty is the mean cross entropy of all anchors that were drawn`() throws {
    let network = try network()
    network.head.clsLogits.bias?.set([1])
    let loss = try #require(network.losses(images, maps, targets).losses["loss_objectness"])
    // ln(1 + e⁻¹) of the one object, ln(1 + e) of three backgrounds.
    #expect(abs(loss.item() - (log1p(exp(-1.0)) + 3 * log1p(exp(1.0))) / 4) < 1e-6)
  }

  @Test
  func `places are a smooth L1 loss of the objects by the number of all that were drawn`() throws {
    let network = try network()
    let loss = try #require(network.losses(images, maps, targets).losses["loss_rpn_box_reg"])
    // Offsets of a quarter twice and of ln 2 twice, each less half of β = 1/9.
    let expected = 2 * (0.25 + log(2.0) - 1 / 9.0) / 4
    #expect(abs(loss.item() - expected) < 1e-6)
  }

  @Test
  func `pictures without objects have a loss of boxes of 0, and gradients that are numbers`() throws
  {
    let network = try network()
    let losses = network.losses(images, maps, [targets[1], targets[1]]).losses
    #expect(losses["loss_rpn_box_reg"]?.item() == 0)
    losses.total.backward()
    let parameters = network.head.state.map(\.tensor)
    #expect(parameters.allSatisfy { $0.gradient?.isFinite().all().item() == 1 })
  }

  @Test func `proposals are clipped to the picture and go from the most certain one on`() throws {
    let network = try network()
    let sizes = [SpatialSize(height: 8, width: 40), SpatialSize(height: 32, width: 64)]
    let clipped = network.proposals(
      ImageList(tensors: images.tensors, imageSizes: sizes), logits([0, 1, 1, 0], network))
    #expect(clipped[0].scalars(as: Float.self) == [16, 0, 40, 8, 0, 0, 16, 8])
    #expect(clipped[1].scalars(as: Float.self) == [0, 0, 16, 16, 16, 0, 48, 16])
  }

  @Test func `a proposal as certain as the threshold stays, a less certain one goes`() throws {
    let network = try network { $0.scoreThreshold = 0.5 }
    let found = network.proposals(images, logits([0, -0.01, 0, 0], network))
    #expect(found.map { $0.size(0) } == [1, 2])
  }

  @Test func `no more proposals than asked for go on, in training and in inference`() throws {
    let network = try network {
      $0.postNMSTopNInference = 1
      $0.preNMSTopNTraining = 1
    }
    let maps = logits([0, 1, 1, 0], network)
    #expect(network.proposals(images, maps).map { $0.size(0) } == [1, 1])
    let proposals = network.losses(images, maps, targets).proposals
    #expect(proposals.map { $0.scalars(as: Float.self) } == [[16, 0, 48, 16], [0, 0, 16, 16]])
  }

  /// Maps of which the network makes these logits, two for each picture.
  private func logits(_ numbers: [Float], _ network: RegionProposalNetwork) -> [Tensor] {
    network.head.conv.state[0].tensor.set([0, 0, 0, 0, 1, 0, 0, 0, 0])
    network.head.clsLogits.weight.set([1])
    // The ReLU before the logits leaves only what is above 0.
    network.head.clsLogits.bias?.set([-1])
    return [Tensor(numbers.map { $0 + 1 }, shape: [2, 1, 1, 2])]
  }

  private func network(
    _ change: (inout RPNOptions) -> Void = { _ in }
  ) throws -> RegionProposalNetwork {
    var options = RPNOptions()
    change(&options)
    var network = try zeroed {
      RegionProposalNetwork(
        anchorGenerator: try AnchorGenerator(sizes: [[32]], aspectRatios: [[1]]),
        head: RPNHead(inChannels: 1, numAnchors: 1), options: options)
    }
    network.sampler = .inOrder
    return network
  }
}

extension BalancedPositiveNegativeSampler {
  /// Takes the first ones instead of drawing.
  static let inOrder = BalancedPositiveNegativeSampler(
    batchSizePerImage: 256, positiveFraction: 0.5, shuffle: { .arange($0) })
}

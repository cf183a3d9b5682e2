import DetectionModels
import Testing
import Torch

@Suite("FeaturePyramidNetwork")
struct FeaturePyramidNetworkTests {
  struct Figures: Decodable {
    /// `["0", [2, 16, 13, 18], [digest]]`
    struct Output: Decodable {
      let name: String
      let shape: [Int]
      let digest: Digest

      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        name = try list.decode(String.self)
        shape = try list.decode([Int].self)
        digest = try list.decode(Digest.self)
      }
    }

    struct Case: Decodable {
      let extra: String
      let inChannels: [Int]
      let outChannels: Int
      let inputs: [[Int]]
      let keys: [DetectorFixture.Key]
      let weights: [Digest]
      let outputs: [Output]
      let gradients: [Digest]

      var extraBlocks: (any ExtraFPNBlock)? {
        switch extra {
        case "pool": LastLevelMaxPool()
        case "p6p7 from the input": LastLevelP6P7(inChannels: 32, outChannels: outChannels)
        case "p6p7 from the output":
          LastLevelP6P7(inChannels: outChannels, outChannels: outChannels)
        default: nil
        }
      }
    }

    let cases: [Case]
  }

  /// In a process of its own, as other tests draw from libtorch's one generator too.
  @Test(arguments: 0..<4)
  func `keys, weights, maps and gradients are torchvision's`(index: Int) async {
    await #expect(processExitsWith: .success) { [index] in
      let expected = try readPart("feature_pyramid", as: Figures.self).cases[index]
      Runtime.seed(0)
      let network = FeaturePyramidNetwork(
        inChannels: expected.inChannels, outChannels: expected.outChannels,
        extraBlocks: expected.extraBlocks)
      let state = network.state
      #expect(state.map { .init(name: $0.key, shape: $0.tensor.shape) } == expected.keys)
      for (entry, weight) in zip(state, expected.weights) {
        #expect(
          Digest(of: entry.tensor).difference(from: weight, count: entry.tensor.count) <= 1e-7)
      }
      Runtime.seed(1)
      let maps: FeatureMaps = expected.inputs.enumerated().map { (String($0), .rand($1)) }
      let outputs = network(maps, .training)
      #expect(outputs.map(\.name) == expected.outputs.map(\.name))
      #expect(outputs.map(\.map.shape) == expected.outputs.map(\.shape))
      for (output, figures) in zip(outputs, expected.outputs) {
        let difference = Digest(of: output.map).difference(
          from: figures.digest, count: output.map.count)
        #expect(difference <= 1e-5, "map \(output.name)")
      }
      try compareGradients(of: outputs, state, expected.gradients)
    }
  }

  @Test func `coarser maps are brought to the size of the finer ones, whatever that is`() {
    let network = withoutDraws {
      FeaturePyramidNetwork(inChannels: [1, 1], outChannels: 1)
    }
    withoutGradients {
      for entry in network.state { entry.tensor.fill(0) }
      for block in network.innerBlocks + [network.layerBlocks[0]] {
        let weight = block.state[0].tensor
        weight[0, 0, weight.size(2) / 2, weight.size(3) / 2].fill(1)
      }
    }
    let coarse = Tensor([1, 2] as [Float], shape: [1, 1, 1, 2])
    let outputs = network([("0", .zeros([1, 1, 3, 5])), ("1", coarse)], .inference)
    let row: [Float] = [1, 1, 1, 2, 2]
    #expect(outputs[0].map.scalars() == row + row + row)
  }
}

/// Of the sum, over the maps, of the mean of each times `linspace(-1, 1)`.
private func compareGradients(
  of outputs: FeatureMaps, _ state: [StateEntry], _ expected: [Digest]
) throws {
  let losses = outputs.map { output in
    (output.map * .linspace(-1, 1, steps: output.map.count).reshaped(output.map.shape)).mean()
  }
  Tensor.stack(losses).sum().backward()
  #expect(state.count == expected.count)
  for (entry, figures) in zip(state, expected) {
    let gradient = try #require(entry.tensor.gradient, "gradient of \(entry.key)")
    let difference = Digest(of: gradient).difference(from: figures, count: gradient.count)
    #expect(difference <= 1e-5, "gradient of \(entry.key)")
  }
}

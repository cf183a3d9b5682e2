import DetectionModels
import Synchronization
import Testing
import Torch

@Suite("BalancedPositiveNegativeSampler")
struct BalancedPositiveNegativeSamplerTests {
  struct Figures: Decodable {
    struct Case: Decodable {
      let batchSizePerImage: Int
      let positiveFraction: Double
      let labels: [[Int]]
      /// In the order of the draws.
      let permutations: [[Int]]
      let positive: [[Int]]
      let negative: [[Int]]
    }

    let cases: [Case]
  }

  /// Hands out permutations one after another, and keeps how many numbers were asked for.
  private final class Draws: Sendable {
    private let state: Mutex<(permutations: [[Int]], counts: [Int])>

    init(_ permutations: [[Int]]) {
      state = Mutex((permutations, []))
    }

    var counts: [Int] { state.withLock { $0.counts } }

    func next(_ count: Int) -> Tensor {
      state.withLock {
        $0.counts.append(count)
        return Tensor($0.permutations[$0.counts.count - 1])
      }
    }
  }

  @Test func `of the same permutations the same predictions are drawn as in torchvision`() throws {
    for given in try readPart("sampler", as: Figures.self).cases {
      let draws = Draws(given.permutations)
      let sampler = BalancedPositiveNegativeSampler(
        batchSizePerImage: given.batchSizePerImage, positiveFraction: given.positiveFraction,
        shuffle: draws.next)
      let samples = sampler(given.labels.map { Tensor($0) })
      #expect(samples.map { $0.positives.scalars() } == given.positive)
      #expect(samples.map { $0.negatives.scalars() } == given.negative)
      #expect(draws.counts == given.permutations.map(\.count))
    }
  }

  @Test func `a permutation is drawn also where there is nothing to choose from`() {
    let draws = Draws([[], [1, 0]])
    let sampler = BalancedPositiveNegativeSampler(
      batchSizePerImage: 4, positiveFraction: 0.5, shuffle: draws.next)
    let samples = sampler([Tensor([0, -1, 0])])
    #expect(draws.counts == [0, 2])
    #expect(samples[0].positives.shape == [0])
    #expect(samples[0].negatives.scalars() == [0, 2])
  }
}

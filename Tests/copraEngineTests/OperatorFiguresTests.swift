import DetectionModels
import Foundation
import Testing
import Torch

@testable import copra_engine

/// The families of torchvision's own tests of its operators, with what torchvision makes of each case.
///
/// What draws does so in a process of its own: other tests would draw from libtorch's one generator
/// between.
@Suite("Operators as torchvision tests them")
struct OperatorFiguresTests {
  @Test func `pooled regions and their gradients are torchvision's`() async {
    await #expect(processExitsWith: .success) {
      for given in OperatorCase.pooling { try OperatorFiguresTests().checkPooling(given) }
    }
  }

  private func checkPooling(_ given: OperatorCase) throws {
    Runtime.seed(UInt64(given.seed ?? 0))
    let drawn = Tensor.rand(try #require(given.shape), dtype: .float64)
    let input = (given.transposed == true ? drawn.permuted([0, 1, 3, 2]) : drawn).detached()
    input.requiresGradient = true
    let rows = try #require(given.regions)
    let regions = Tensor(rows.flatMap(\.self), shape: [rows.count, 5])
    let side = try #require(given.size)
    let output = given.operation(
      .regions(input, regions),
      OperatorArguments(
        outputSize: SpatialSize(height: side, width: side), samplingRatio: given.ratio ?? -1,
        isAligned: given.aligned ?? false))
    RampLoss(of: output).value.backward()
    expect(output, try #require(given.output), given)
    expect(try #require(input.gradient), try #require(given.gradient), given)
  }

  @Test func `the boxes that stay are torchvision's, in its order`() async {
    await #expect(processExitsWith: .success) {
      for given in OperatorCase.suppression { try OperatorFiguresTests().checkSuppression(given) }
    }
  }

  private func checkSuppression(_ given: OperatorCase) throws {
    let threshold = try #require(given.threshold)
    Runtime.seed(UInt64(given.seed ?? 0))
    let tensors = given.count.map(Self.classed) ?? Self.overlapping(by: threshold)
    let kept = given.operation(tensors, OperatorArguments(iouThreshold: threshold))
      .scalars(as: Int.self)
    let placed = kept.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
    #expect(
      [kept.count, kept.reduce(0, +), placed % 1_000_000_007] == given.kept,
      "\(given.testDescription)")
  }

  @Test(arguments: OperatorCase.overlaps)
  func `overlaps are torchvision's in every type of boxes`(given: OperatorCase) throws {
    let dtype = try #require(given.dtype.flatMap(DType.init))
    let rows = try #require(given.boxes)
    let boxes = Tensor(rows.flatMap(\.self), shape: [rows.count, 4]).to(dtype)
    let output = given.operation(.pair(boxes, boxes), OperatorArguments())
    let expected = try #require(given.output)
    // torchvision takes differences of float16 before it widens them.
    let tolerance = dtype == .float16 ? 2e-3 : 1e-6
    let found = output.to(.float64).flattened().scalars(as: Double.self)
    #expect(found.count == expected.count)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance }, "\(found)")
  }

  /// Compares the digest that `make_operators.py` makes of a tensor.
  private func expect(
    _ tensor: Tensor, _ figures: [Double], _ given: OperatorCase
  ) {
    let flat = tensor.detached().reshaped([-1])
    let norm = flat.square().sum().item().squareRoot()
    let places = (0..<4).map { $0 * (flat.count - 1) / 3 }
    let found = [flat.sum().item(), norm] + places.map { flat[$0].item() }
    let expected = figures.prefix(2) + figures.dropFirst(3)
    for (number, wanted) in zip(found, expected) {
      #expect(abs(number - wanted) <= 1e-7 * max(norm, abs(wanted)), "\(given.testDescription)")
    }
  }

  /// 1,000 boxes, the last of which overlaps the first by about the threshold.
  private static func overlapping(by threshold: Double) -> OperatorTensors {
    let drawn = Tensor.rand([1000, 4]) * 100
    let boxes = Tensor.concatenate(
      [drawn[.all, ..<2], drawn[.all, 2...] + drawn[.all, ..<2]], dim: 1)
    let scores = Tensor.rand([1000])
    boxes[999].copy(from: boxes[0])
    let share = threshold + 1e-5
    boxes[999, 2].copy(from: boxes[0, 2] + (boxes[0, 2] - boxes[0, 0]) * ((1 - share) / share))
    return .scored(boxes, scores, nil)
  }

  /// So many boxes of 100 classes.
  private static func classed(count: Int) -> OperatorTensors {
    let corners = Tensor.rand([count, 2]) * 50
    let sides = Tensor.rand([count, 2]) * 30 + 1
    let boxes = Tensor.concatenate([corners, corners + sides], dim: 1)
    let scores = Tensor.rand([count])
    return .scored(boxes, scores, (Tensor.rand([count]) * 100).floor().to(.int64))
  }
}

/// A case of `operators.json`, which `make_operators.py` makes.
struct OperatorCase: Decodable, Sendable, CustomTestStringConvertible {
  let `operator`: String
  let seed: Int?
  let shape: [Int]?
  let regions: [[Double]]?
  let transposed: Bool?
  let ratio: Int?
  let aligned: Bool?
  let size: Int?
  let threshold: Double?
  let count: Int?
  let dtype: String?
  let boxes: [[Double]]?
  let output: [Double]?
  let gradient: [Double]?
  let kept: [Int]?

  var operation: RegionOperator { RegionOperator(rawValue: `operator`) ?? .nms }

  var testDescription: String {
    let details = [
      seed.map { "seed \($0)" }, threshold.map { "above \($0)" }, count.map { "\($0) boxes" },
      dtype, aligned == true ? "aligned" : nil, transposed == true ? "transposed" : nil,
    ]
    return ([`operator`] + details.compactMap(\.self)).joined(separator: ", ")
  }

  static let all: [OperatorCase] = {
    let path = Engine.fixture("DetectionModelsTests/Fixtures/operators.json")
    guard let data = FileManager.default.contents(atPath: path),
      let cases = try? JSONDecoder().decode([OperatorCase].self, from: data)
    else { return [] }
    return cases
  }()

  static let pooling = all.filter { $0.operation.takesRegions }
  static let suppression = all.filter { $0.operation.takesThreshold }
  static let overlaps = all.filter { $0.dtype != nil }
}

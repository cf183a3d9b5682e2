import Foundation
import Testing
import Torch

@testable import DetectionModels

@Suite("RetinaNetHead")
struct RetinaNetHeadTests {
  private let head = withoutDraws {
    RetinaNetHead(inChannels: 1, numAnchors: 1, numClasses: 3)
  }
  /// The first anchor has the object, the second is background, the third neither.
  private let matches = Tensor([0, -1, -2])
  private let nothing = Tensor([-1, -1, -2])

  @Test
  func `focal losses are summed over all classes of all anchors but those that are neither`() {
    let loss = head.classificationHead.loss(.zeros([3, 3]), matches, target(label: 1))
    // At a probability of a half: α·¼·ln 2 of the one, (1 − α)·¼·ln 2 of five others.
    #expect(abs(loss.item() - (0.25 + 5 * 0.75) / 4 * log(2)) < 1e-6)
  }

  @Test(
    arguments: [(0, 0), (2, 2), (-1, 2)])
  func `the channel of the label alone is raised; a negative label counts from the last class`(
    label: Int, channel: Int
  ) throws {
    let logits = Tensor.zeros([3, 3])
    logits.requiresGradient = true
    head.classificationHead.loss(logits, matches, target(label: label)).backward()
    let signs = try #require(logits.gradient).sign().scalars(as: Float.self)
    var expected: [Float] = [1, 1, 1, 1, 1, 1, 0, 0, 0]
    expected[channel] = -1
    #expect(signs == expected)
  }

  @Test func `without objects losses are not divided by 0`() {
    let target = TrainingTarget(boxes: .zeros([0, 4]), labels: .zeros([0], dtype: .int64))
    let classification = head.classificationHead.loss(.zeros([3, 3]), nothing, target)
    #expect(abs(classification.item() - 6 * 0.75 / 4 * log(2)) < 1e-6)
    let regression = head.regressionHead.loss(.zeros([3, 4]), anchors, nothing, target)
    #expect(regression.item() == 0)
  }

  @Test func `the loss of boxes is that of offsets by the number of objects`() {
    // A quarter twice and ln 2 twice, for two anchors with the same object.
    let loss = head.regressionHead.loss(
      .zeros([3, 4]), anchors, Tensor([0, 0, -2]), target(label: 1))
    #expect(abs(loss.item() - (0.5 + 2 * log(2))) < 1e-6)
  }

  @Test func `or 1 − generalised IoU`() {
    let head = withoutDraws {
      RetinaNetRegressionHead(inChannels: 1, numAnchors: 1, boxLoss: .generalizedIoU)
    }
    let loss = head.loss(.zeros([3, 4]), anchors, matches, target(label: 1))
    #expect(abs(loss.item() - 0.75) < 1e-6)
  }

  @Test func `every class has a probability of one in a hundred at first`() {
    let bias = head.classificationHead.clsLogits.bias?.scalars(as: Float.self)
    #expect(bias == Array(repeating: -4.595_12, count: 3))
  }

  /// Three times the same, of which the object covers a quarter.
  private var anchors: Tensor {
    Tensor(rows: Array(repeating: [-16, -16, 16, 16], count: 3))
  }

  private func target(label: Int) -> TrainingTarget {
    TrainingTarget(boxes: Tensor(rows: [[0, 0, 16, 16]]), labels: Tensor([label]))
  }
}

import DetectionModels
import Testing
import Torch

@Suite("Losses of detectors")
struct DetectionLossTests {
  struct Figures: Decodable {
    struct Focal: Decodable {
      struct Case: Decodable {
        let alpha: Double
        let gamma: Double
        let losses: [[Float]]
        let gradient: [[Float]]
      }

      let logits: [[Float]]
      let targets: [[Float]]
      let cases: [Case]
    }

    struct Boxes: Decodable {
      let found: [[Float]]
      let expected: [[Float]]
      let losses: [Float]
      let gradient: [[Float]]
    }

    let sigmoidFocalLoss: Focal
    let generalizedBoxIoULoss: Boxes
  }

  private let figures: Figures

  init() throws {
    figures = try readPart("losses", as: Figures.self)
  }

  @Test("focal losses and their gradients are torchvision's, for all weights and powers")
  func focal() throws {
    let given = figures.sigmoidFocalLoss
    for expected in given.cases {
      let logits = Tensor(rows: given.logits)
      logits.requiresGradient = true
      let losses = sigmoidFocalLoss(
        logits, Tensor(rows: given.targets), alpha: expected.alpha < 0 ? nil : expected.alpha,
        gamma: expected.gamma)
      expectClose(losses, Tensor(rows: expected.losses))
      losses.sum().backward()
      expectClose(try #require(logits.gradient), Tensor(rows: expected.gradient))
    }
  }

  @Test("generalised IoU losses and their gradients are torchvision's")
  func generalizedIoU() throws {
    let given = figures.generalizedBoxIoULoss
    let boxes = Tensor(rows: given.found)
    boxes.requiresGradient = true
    let losses = generalizedIoULoss(boxes, Tensor(rows: given.expected))
    expectClose(losses, Tensor(given.losses))
    losses.sum().backward()
    expectClose(try #require(boxes.gradient), Tensor(rows: given.gradient))
  }

  @Test("losses are summed or averaged as asked")
  func reductions() {
    let (logits, targets) = (Tensor([0, 2] as [Float]), Tensor([1, 0] as [Float]))
    let each = sigmoidFocalLoss(logits, targets).scalars(as: Float.self)
    let sum = Double(each[0] + each[1])
    #expect(abs(sigmoidFocalLoss(logits, targets, reduction: .sum).item() - sum) < 1e-6)
    #expect(abs(sigmoidFocalLoss(logits, targets, reduction: .mean).item() - sum / 2) < 1e-6)
  }

  @Test("the mean loss of no box is zero")
  func none() {
    let none = Tensor.zeros([0, 4])
    #expect(generalizedIoULoss(none, none, reduction: .mean).item() == 0)
  }
}

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

    struct Smooth: Decodable {
      struct Case: Decodable {
        /// nil for the absolute difference.
        let beta: Double?
        let losses: [Float]
        let gradient: [Float]
      }

      let found: [Float]
      let expected: [Float]
      let cases: [Case]
      let l1: Case
    }

    let sigmoidFocalLoss: Focal
    let smoothL1Loss: Smooth
    let generalizedBoxIoULoss: Boxes
  }

  private let figures: Figures

  init() throws {
    figures = try readPart("losses", as: Figures.self)
  }

  @Test
  func `focal losses and their gradients are torchvision's, for all weights and powers`() throws {
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

  @Test
  func `the focal loss by class numbers is that by ones and zeros, and so is its gradient`() throws
  {
    let values = (Tensor.arange(200 * 3, dtype: .float64) * 0.37).sin().reshaped([200, 3]) * 6
    let classes = Tensor.arange(200) % 5 - 2  // −2 … 2
    let expected = values.clone()
    let found = values.clone()
    for logits in [expected, found] { logits.requiresGradient = true }
    let counted = (classes .>= -1).nonzero().flattened()
    let isThere = (classes.unsqueezed(1) .== Tensor.arange(3)).to(.float64)
    let sum = sigmoidFocalLoss(
      expected[counted], isThere[counted], alpha: 0.3, gamma: 1.5, reduction: .sum)
    let loss = focalLoss(found, classes: classes, alpha: 0.3, gamma: 1.5)
    expectClose(loss, sum.detached(), tolerance: 1e-12)
    for loss in [loss, sum] { (loss * 0.5).backward() }
    expectClose(
      try #require(found.gradient), try #require(expected.gradient), tolerance: 1e-12)
  }

  @Test func `generalised IoU losses and their gradients are torchvision's`() throws {
    let given = figures.generalizedBoxIoULoss
    let boxes = Tensor(rows: given.found)
    boxes.requiresGradient = true
    let losses = generalizedIoULoss(boxes, Tensor(rows: given.expected))
    expectClose(losses, Tensor(given.losses))
    losses.sum().backward()
    expectClose(try #require(boxes.gradient), Tensor(rows: given.gradient))
  }

  @Test
  func `smooth and plain L1 losses and their gradients are torchvision's, also at β`() throws {
    let given = figures.smoothL1Loss
    for expected in given.cases + [given.l1] {
      let found = Tensor(given.found)
      found.requiresGradient = true
      let target = Tensor(given.expected)
      let losses =
        if let beta = expected.beta {
          smoothL1(found, target, beta: beta, reduction: .none)
        } else {
          l1Loss(found, target, reduction: .none)
        }
      expectClose(losses, Tensor(expected.losses))
      losses.sum().backward()
      expectClose(try #require(found.gradient), Tensor(expected.gradient))
    }
  }

  @Test func `losses are summed or averaged as asked`() {
    let (logits, targets) = (Tensor([0, 2] as [Float]), Tensor([1, 0] as [Float]))
    let each = sigmoidFocalLoss(logits, targets).scalars(as: Float.self)
    let sum = Double(each[0] + each[1])
    #expect(abs(sigmoidFocalLoss(logits, targets, reduction: .sum).item() - sum) < 1e-6)
    #expect(abs(sigmoidFocalLoss(logits, targets, reduction: .mean).item() - sum / 2) < 1e-6)
  }

  @Test func `the mean loss of no box is zero`() {
    let none = Tensor.zeros([0, 4])
    #expect(generalizedIoULoss(none, none, reduction: .mean).item() == 0)
  }
}

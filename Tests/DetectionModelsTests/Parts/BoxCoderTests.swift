import DetectionModels
import Testing
import Torch

@Suite("BoxCoder")
struct BoxCoderTests {
  struct Figures: Decodable {
    struct Case: Decodable {
      let weights: [Double]
      let boxes: [[Float]]
      let proposals: [[Float]]
      let encoded: [[Float]]
      /// Of three boxes for each proposal.
      let codes: [[Float]]
      let decoded: [[Float]]
    }

    let cases: [Case]
  }

  private let cases: [Figures.Case]

  init() throws {
    cases = try readPart("box_coder", as: Figures.self).cases
  }

  @Test func `offsets are torchvision's`() {
    for expected in cases {
      let codes = BoxCoder(weights: expected.weights).encode(
        Tensor(rows: expected.boxes), Tensor(rows: expected.proposals))
      expectClose(codes, Tensor(rows: expected.encoded))
    }
  }

  @Test func `boxes of offsets are torchvision's, those cut at ln(1000 / 16) too`() {
    for expected in cases {
      let boxes = BoxCoder(weights: expected.weights).decode(
        Tensor(rows: expected.codes), Tensor(rows: expected.proposals))
      expectClose(boxes, Tensor(rows: expected.decoded).reshaped([-1, 3, 4]))
    }
  }

  @Test func `boxes come back from their offsets`() {
    let boxes = Tensor(rows: [[60.5, 22.25, 74.25, 43.25], [1.5, 21, 28, 45.25]])
    let proposals = Tensor(rows: [[28.5, 35.5, 58.25, 56.75], [0, 0, 2, 30]])
    let coder = BoxCoder(weights: [10, 10, 5, 5])
    expectClose(coder.decode(coder.encode(boxes, proposals), proposals).squeezed(1), boxes)
  }

  @Test func `a box grows to 62.5 times its size at most, and shrinks without a limit`() {
    let box = Tensor(rows: [[0, 0, 16, 16]])
    let grown = BoxCoder().decode(Tensor(rows: [[0, 0, 50, 50]]), box)
    expectClose(grown, Tensor([-492, -492, 508, 508] as [Float], shape: [1, 1, 4]))
    let shrunk = BoxCoder().decode(Tensor(rows: [[0, 0, -50, -50]]), box)
    expectClose(shrunk, Tensor([8, 8, 8, 8] as [Float], shape: [1, 1, 4]))
  }

  @Test func `offsets of a short type are worked out in the type of the boxes`() {
    let codes = Tensor(rows: [[0.5, 0.25, 0, 0]]).to(.float16)
    let boxes = BoxCoder().decode(codes, Tensor(rows: [[1000.25, 0, 1001.25, 1]]))
    #expect(boxes.scalars(as: Float.self) == [1000.75, 0.25, 1001.75, 1.25])
  }

  @Test func `no boxes have no offsets, and none of these lead to boxes`() {
    let none = Tensor.zeros([0, 4])
    #expect(BoxCoder().encode(none, none).shape == [0, 4])
    #expect(BoxCoder().decode(.zeros([0, 8]), none).shape == [0, 2, 4])
  }
}

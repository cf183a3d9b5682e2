import DetectionModels
import Testing
import Torch

@Suite("Losses of a batch")
struct LossesTests {
  private let losses = Losses([
    ("loss_classifier", Tensor(0.5)), ("loss_box_reg", Tensor(0.25)),
  ])

  @Test func `the total is the plain sum, and 0 of none`() {
    #expect(losses.total.item() == 0.75)
    #expect(Losses([]).total.item() == 0)
  }

  @Test func `a loss is found by its name`() {
    #expect(losses["loss_box_reg"]?.item() == 0.25)
    #expect(losses["loss_mask"] == nil)
  }
}

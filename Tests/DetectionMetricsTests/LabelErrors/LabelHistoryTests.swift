import COCO
import DetectionMetrics
import Testing

@Suite("The history of labels in training")
struct LabelHistoryTests {
  /// Two images: on the first a large cat and a small dog, on the second a cat and a crowd.
  private static let dataset: Dataset = {
    var dataset = Dataset()
    dataset.images = [1, 2].map { Image(id: $0, fileName: "\($0).jpg", width: 200, height: 200) }
    dataset.categories = [Category(id: 1, name: "cat"), Category(id: 2, name: "dog")]
    dataset.annotations = [
      annotation(1, image: 1, category: 1, Box(x: 0, y: 0, width: 100, height: 100)),
      annotation(2, image: 1, category: 2, Box(x: 100, y: 100, width: 10, height: 10)),
      annotation(3, image: 2, category: 1, Box(x: 0, y: 0, width: 50, height: 50)),
      annotation(4, image: 2, category: 1, Box(x: 60, y: 60, width: 50, height: 50), isCrowd: 1),
    ]
    return dataset
  }()

  private static func annotation(
    _ id: Int, image: Int, category: Int, _ box: Box, isCrowd: Int = 0
  ) -> Annotation {
    var annotation = Annotation(id: id, imageID: image, categoryID: category, box: box)
    annotation.isCrowd = isCrowd
    return annotation
  }

  private static func found(
    _ image: Int, _ category: Int, _ box: Box, score: Double
  ) -> Detection {
    Detection(imageID: image, categoryID: category, score: score, box: box)
  }

  private static let cat = found(1, 1, Box(x: 0, y: 0, width: 100, height: 100), score: 0.8)

  @Test
  func `a loss is 1 less the best score times IoU of its category, in the mean of all looks`() {
    var history = LabelHistory(Self.dataset)
    let half = Self.found(1, 1, Box(x: 0, y: 0, width: 100, height: 50), score: 1)
    let dogAsCat = Self.found(1, 1, Box(x: 100, y: 100, width: 10, height: 10), score: 1)
    history.add([Self.cat, half, dogAsCat], on: [1])
    history.add([half], on: [1])
    let losses = Dictionary(
      uniqueKeysWithValues: history.ranked.map { ($0.annotation, $0.loss) })
    #expect(abs((losses[0] ?? 0) - (0.2 + 0.5) / 2) < 1e-12)
    #expect(losses[1] == 1)
    // Nobody looked at the second image.
    #expect(losses[2] == nil)
    #expect(history.ranked.map(\.annotation) == [1, 0])
  }

  @Test func `what was found and is not at the next look of the same model is forgotten`() {
    var history = LabelHistory(Self.dataset)
    for detections in [[Self.cat], [], [Self.cat], []] { history.add(detections, on: [1, 2]) }
    #expect(history.ranked.first { $0.annotation == 0 }?.timesForgotten == 2)
    #expect(history.ranked.first { $0.annotation == 1 }?.timesForgotten == 0)
    var second = LabelHistory(Self.dataset)
    second.add([Self.cat], on: [1])
    second.beginModel()
    second.add([], on: [1])
    #expect(second.ranked.first { $0.annotation == 0 }?.timesForgotten == 0)
  }

  @Test func `crowds are not looked at, and an image that is not there is passed over`() {
    var history = LabelHistory(Self.dataset)
    history.add([Self.found(9, 1, Box(x: 0, y: 0, width: 1, height: 1), score: .nan)], on: [2, 9])
    #expect(history.ranked.map(\.annotation) == [2])
  }

  @Test func `losses are summed up by category, size and split`() {
    var history = LabelHistory(Self.dataset)
    history.add([Self.cat], on: [1, 2])
    let means = MeanLosses(history, of: Self.dataset, splits: [1: "train", 2: "val"])
    #expect(means.byCategory.map(\.name) == ["dog", "cat"])
    #expect(means.byCategory.map(\.objects) == [1, 2])
    #expect(abs(means.byCategory[1].loss - 0.6) < 1e-12)
    #expect(means.bySize.map(\.name) == ["small", "medium", "large"])
    #expect(means.bySplit.map(\.name) == ["train", "val"])
    #expect(means.bySplit[1].loss == 1)
    #expect(MeanLosses(history, of: Self.dataset).bySplit.isEmpty)
  }

  @Test
  func `an error is agreed upon where its annotation is among those of the highest loss`() throws {
    let dog = Box(x: 120, y: 120, width: 20, height: 20)
    var dataset = Self.dataset
    dataset.annotations.append(Self.annotation(5, image: 2, category: 2, dog))
    // A sure cat where a dog is annotated; all else is found as it is annotated.
    let held = [
      Self.found(1, 1, Box(x: 100, y: 100, width: 10, height: 10), score: 0.99),
      Self.found(1, 1, Box(x: 0, y: 0, width: 100, height: 100), score: 0.99),
      Self.found(2, 1, Box(x: 0, y: 0, width: 50, height: 50), score: 0.99),
      Self.found(2, 2, dog, score: 0.99),
    ]
    func errors(_ learnt: [Detection]) -> LabelErrors {
      var history = LabelHistory(dataset)
      history.add(learnt, on: [1, 2])
      return LabelErrors(dataset, held, history: history)
    }
    let agreed = errors(held)
    let error = try #require(agreed.errors.first)
    #expect(agreed.errors.map(\.annotation) == [1])
    #expect(agreed.isAgreed(error) == true)
    #expect(agreed.findings[0].message.hasSuffix("; its loss ranks 1 of 4"))
    // A model that has learnt the dog and nothing else.
    let learnt = Self.found(1, 2, Box(x: 100, y: 100, width: 10, height: 10), score: 1)
    #expect(errors([learnt]).isAgreed(error) == false)
    #expect(LabelErrors(dataset, held).isAgreed(error) == nil)
  }
}

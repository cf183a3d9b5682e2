import Torch

/// What is learnt of one image to tell objects from background.
struct ObjectLesson: Sendable {
  /// The features of labelled boxes, [boxes, features].
  let own: Tensor
  /// The features of boxes that show no labelled object, [boxes, features]; at least one.
  private(set) var background: Tensor
  /// Whether the image has any box: of one without, it is not known what is background.
  var isLabelled: Bool { own.size(0) > 0 }

  init(own: Tensor, background: Tensor) {
    (self.own, self.background) = (own, background)
  }

  /// Adds background, [boxes, features].
  mutating func add(_ more: Tensor) {
    background = .concatenate([background, more])
  }
}

/// A linear model of the looks of a set's objects as opposed to background in the same images, of
/// which each image is judged by one that has not seen it.
struct ObjectModel: Sendable {
  private let models: HeldOutModels
  /// The scores of the labelled boxes.
  let ownScores: [Double]

  /// Learns; nil if there are too few labelled images to learn from some and judge others.
  init?(_ lessons: [ObjectLesson]) {
    let own = lessons.map { $0.own.size(0) }
    let ownCount = own.reduce(0, +)
    guard lessons.count(where: \.isLabelled) > 1 else { return nil }
    let background = lessons.map { $0.background.size(0) }
    let pictures = [own, background].flatMap { counts in
      counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    }
    let learnt = zip(lessons, background).reduce(0) { $0 + ($1.0.isLabelled ? $1.1 : 0) }
    let weights = pictures.enumerated().map { row, picture in
      row < ownCount
        ? Double(learnt) / Double(ownCount) : lessons[picture].isLabelled ? 1 : 0
    }
    let ridge = HeldOutRidge(
      .concatenate(lessons.map(\.own) + lessons.map(\.background)), pictures: pictures,
      weights: weights)
    let targets = Tensor(
      pictures.indices.map { $0 < ownCount ? 1.0 : -1.0 }, shape: [pictures.count, 1])
    let scores: [Double] = ridge.predictions(of: targets).contiguous().scalars()
    ownScores = Array(scores.prefix(ownCount))
    models = ridge.models(of: targets)
  }

  /// Returns how much the boxes of features, [boxes, features], look like objects: about 1 for
  /// objects and -1 for background.
  ///
  /// - Parameter lesson: The number of the lesson of their image, which the model has not seen.
  func scores(of features: Tensor, lesson: Int) -> [Double] {
    models.predictions(for: features, of: lesson).contiguous().scalars()
  }
}

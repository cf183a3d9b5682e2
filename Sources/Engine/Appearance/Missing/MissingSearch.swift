import COCO
import Files
import Torch

/// A search for places that look like a set's objects, as a linear model learnt them from other
/// images, and that no labelled box covers.
///
/// The model learns to tell labelled boxes from boxes of the same sizes elsewhere in the same
/// images, and then also from those of them that it took for objects.
struct MissingSearch: Sendable {
  let samples: DetectionSamples
  /// The objects of each image.
  let objects: [[SeenObject]]
  /// The most images that are searched; of more, these are spread evenly over the set.
  let pictures: Int
  let seed: UInt64
  /// The number of boxes that are scored in one image to find objects.
  var candidates = MissingSearch.usualCandidates

  static let usualCandidates = 5000
  /// The share of as many boxes that are scored to find background.
  private static let tried = 0.3
  private static let mostObjects = 2000
  /// The boxes without an object that are learnt of each image: drawn, and taken for objects.
  private static let drawnBackground = 60
  private static let mistakenBackground = 30
  private static let roundsOfMistakes = 2
  /// The best boxes, which are moved to a better place: the number of neighbours of each that are
  /// scored, and how far they are in sides of the box, step by step.
  private static let moved = 40
  private static let neighbours = 12
  private static let steps = [0.25, 0.12, 0.06]
  /// The most places that are listed of an image.
  private static let mostPlaces = 10

  /// Runs the search; nil if there are too few labelled images. Those that cannot be read are
  /// skipped.
  func run(tasks: OrderedTasks) async -> MissingLabels? {
    let positions = positions
    let pool = positions.flatMap { objects[$0].map(\.box) }
    guard !pool.isEmpty else { return nil }
    let first = try? await tasks.map(positions.count) { index in
      lesson(at: positions[index], of: positions.count, sizedAs: pool)
    }
    let known = zip(positions, first ?? []).filter { $0.1 != nil }.map(\.0)
    var lessons = (first ?? []).compactMap { $0 }
    for round in 0..<Self.roundsOfMistakes {
      guard let model = ObjectModel(lessons) else { return nil }
      let labelled = lessons.indices.filter { lessons[$0].isLabelled }
      let mistakes = try? await tasks.map(labelled.count) { index in
        let lesson = labelled[index]
        return self.mistakes(
          at: known[lesson], of: model, lesson: lesson, round: round, sizedAs: pool)
      }
      for (lesson, mistaken) in zip(labelled, mistakes ?? []) {
        if let mistaken { lessons[lesson].add(mistaken) }
      }
    }
    guard let model = ObjectModel(lessons) else { return nil }
    let found = try? await tasks.map(known.count) { index in
      places(at: known[index], by: model, lesson: index, sizedAs: pool)
    }
    return MissingLabels(
      (found ?? []).compactMap { $0 }, ownScores: model.ownScores, pictures: samples.count)
  }

  private var positions: [Int] {
    let shown = objects.indices.filter {
      samples.image(at: $0).width > 0 && samples.image(at: $0).height > 0
    }
    let count = min(shown.count, pictures)
    return (0..<count).map { shown[$0 * shown.count / count] }
  }

  private func channels(at position: Int) -> PictureChannels? {
    let side = PictureChannels.longSide
    return (try? samples.picture(at: position, leastSide: side)).map(PictureChannels.init)
  }

  private func labelled(at position: Int) -> LabelledBoxes {
    let image = samples.image(at: position)
    return LabelledBoxes(
      samples.annotations(at: position),
      in: PictureSides(width: Double(image.width), height: Double(image.height)))
  }

  private func lesson(
    at position: Int, of count: Int, sizedAs pool: [RelativeBox]
  ) -> ObjectLesson? {
    guard let channels = channels(at: position) else { return nil }
    var generator = SeededGenerator(seed: seed, part: position, of: 1)
    let own = objects[position].shuffled(using: &generator)
      .prefix(max(1, Self.mostObjects / count)).compactMap { $0.box.clipped(to: channels.sides) }
    let labelled = labelled(at: position)
    let background = CandidateBoxes.drawn(
      Self.drawnBackground * 4, sizedAs: pool, using: &generator
    ).compactMap { $0.clipped(to: channels.sides) }.filter(labelled.leaveOut)
      .shuffled(using: &generator).prefix(Self.drawnBackground)
    guard !background.isEmpty else { return nil }
    let features = BoxLook.features(of: own + background, in: channels)
    return ObjectLesson(
      own: features.slice(dim: 0, to: own.count),
      background: features.slice(dim: 0, from: own.count))
  }

  /// Returns the features of the background that a model takes for objects.
  private func mistakes(
    at position: Int, of model: ObjectModel, lesson: Int, round: Int, sizedAs pool: [RelativeBox]
  ) -> Tensor? {
    guard let channels = channels(at: position) else { return nil }
    var generator = SeededGenerator(seed: seed, part: position, of: 2 + round)
    let labelled = labelled(at: position)
    let boxes = CandidateBoxes.drawn(
      Int(Double(candidates) * Self.tried), sizedAs: pool, using: &generator
    ).compactMap { $0.clipped(to: channels.sides) }.filter(labelled.leaveOut)
    guard !boxes.isEmpty else { return nil }
    let features = BoxLook.features(of: boxes, in: channels)
    let scores = model.scores(of: features, lesson: lesson)
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    return features.indexSelect(
      dim: 0, Tensor(order.prefix(Self.mistakenBackground).map(Int64.init)))
  }

  private func places(
    at position: Int, by model: ObjectModel, lesson: Int, sizedAs pool: [RelativeBox]
  ) -> SearchedPicture? {
    guard let channels = channels(at: position) else { return nil }
    let labelled = labelled(at: position)
    var generator = SeededGenerator(seed: seed, part: position)
    func scored(_ boxes: [RelativeBox]) -> [ScoredBox] {
      let seen = boxes.compactMap { $0.clipped(to: channels.sides) }
        .filter { !labelled.cover($0) }
      guard !seen.isEmpty else { return [] }
      let scores = model.scores(of: BoxLook.features(of: seen, in: channels), lesson: lesson)
      return zip(seen, scores).map { ScoredBox(box: $0, score: $1) }
    }
    let drawn = CandidateBoxes.drawn(candidates, sizedAs: pool, using: &generator)
    var best = scored(drawn).best(Self.moved)
    for step in Self.steps {
      let near = best.flatMap { place in
        (0..<Self.neighbours).map { _ in
          CandidateBoxes.near(place.box, by: step, using: &generator)
        }
      }
      best = (best + scored(near)).best(Self.moved)
    }
    let image = samples.image(at: position)
    return SearchedPicture(
      image: samples.imageIndices[position], hasLabel: !samples.annotations(at: position).isEmpty,
      places: best.prefix(Self.mostPlaces).map { place in
        let (across, down) = (Double(image.width), Double(image.height))
        return (
          Box(
            x0: place.box.x0 * across, y0: place.box.y0 * down, x1: place.box.x1 * across,
            y1: place.box.y1 * down), place.score
        )
      })
  }
}

/// A box and how much it looks like an object.
private struct ScoredBox {
  let box: RelativeBox
  let score: Double
}

extension [ScoredBox] {
  /// Returns the best boxes that do not show one object twice, the best first.
  fileprivate func best(_ most: Int) -> [ScoredBox] {
    var kept: [ScoredBox] = []
    let order = indices.sorted { (self[$1].score, $0) < (self[$0].score, $1) }
    for index in order where kept.count < most {
      let one = self[index]
      let isSeen = kept.contains {
        $0.box.intersectionOverUnion(one.box) >= LabelledBoxes.sameObject
          || $0.box.shareOfSmaller(one.box) >= 0.7
      }
      if !isSeen { kept.append(one) }
    }
    return kept
  }
}

public import COCO

/// The agreement of one object's annotation with its looks; the lower, the likelier the annotation
/// is wrong.
public struct ObjectScore: Sendable, Equatable {
  /// The annotation's index in the dataset.
  public let annotation: Int
  /// The agreement.
  public let score: Double
}

/// The evidence that the looks of a set's objects give about its boxes and categories.
public struct AppearanceReport: Sendable, Equatable {
  /// The reasons why the set cannot be learnt.
  public private(set) var reasons: [String] = []
  /// The indications against the set that may be intended; somebody who knows the set should check
  /// them.
  public private(set) var doubts: [String] = []
  /// The questions that a set of this size or kind leaves open, whose answers might be bad.
  public private(set) var untold: [String] = []
  /// Whether boxes were shown to fit what the images show, on images that were not learnt.
  public private(set) var boxesFit = false
  /// The share of other images' boxes that an image's own boxes outscore, 0.5 by chance; nil if it
  /// could not be measured.
  public private(set) var boxFit: Double?
  /// The share of the objects whose category is guessed right by a model that has not learnt their
  /// images; nil if there is one category.
  public private(set) var categoriesGuessed: Double?
  /// The share of categories that would be guessed right by chance; nil if there is one category.
  public private(set) var categoriesGuessedByChance: Double?

  /// The fit of each box: the share of other images' boxes that it outscores.
  public private(set) var boxScores: [ObjectScore] = []
  /// The lead of each object's category over the best of the others by looks; negative if it is
  /// behind.
  public private(set) var categoryScores: [ObjectScore] = []
  /// The places that look like objects and have no box; nil if they were not searched for, or if
  /// there is too little to learn from.
  public private(set) var missing: MissingLabels?
  /// The findings of objects that look like another category than theirs, and of places that look
  /// like an object without a box.
  public private(set) var findings: [Finding] = []
  private var suspects: [Suspect] = []

  /// An object that looks like another category.
  private struct Suspect: Equatable {
    let annotation: Int
    let label: Int64
  }

  init(
    _ looks: [PictureLooks], borders: BorderCount, outlines: OutlineFit, commonSize: CommonSize?,
    seed: UInt64
  ) {
    let sizes = SizeTest(looks)
    let placement = PlacementTest(looks, borders: borders)
    boxFit = placement?.fit.mean
    boxScores = placement?.scores ?? []
    let fault = placement?.fault
    let doubt = (sizes.isSharp ? nil : commonSize?.doubt) ?? sizes.doubt ?? placement?.doubt
    reasons += [outlines.fault, fault].compactMap { $0 }
    if fault == nil { doubts += [doubt].compactMap { $0 } }
    boxesFit = fault == nil && doubt == nil && placement?.isSound == true
    if fault == nil, doubt == nil, !boxesFit {
      untold.append("whether boxes fit what the images show")
    }
    if let categories = CategoryTest(looks, seed: seed) {
      categoriesGuessed = categories.guessed.mean
      categoryScores = categories.scores
      if categories.isTelling {
        suspects = categories.suspects.map { Suspect(annotation: $0.annotation, label: $0.label) }
      }
      categoriesGuessedByChance = categories.chance.mean
      reasons += [categories.fault].compactMap { $0 }
      doubts += [categories.doubt].compactMap { $0 }
      untold += categories.untold
    }
    // A search by looks finds some of them, and a category that has few boxes is not learnt.
    untold.append("whether objects lack a box; copra check --folds 3 searches for them")
  }

  /// Adds the places without a box.
  mutating func take(_ missing: MissingLabels?) {
    self.missing = missing
    doubts += [missing?.doubt].compactMap(\.self)
  }

  /// Makes the findings: those of annotations in their order, then those of places.
  mutating func name(_ samples: DetectionSamples) {
    let names = samples.dataset.categories.reduce(into: [:] as [Int64: String]) { names, category in
      if let label = samples.labels.label(of: category.id) { names[label] = category.name }
    }
    findings = suspects.sorted { $0.annotation < $1.annotation }.map { suspect in
      let annotation = samples.dataset.annotations[suspect.annotation]
      let own = annotation.categoryID.flatMap { samples.labels.label(of: $0) }
      func quoted(_ label: Int64?) -> String { "\"\(label.flatMap { names[$0] } ?? "")\"" }
      return Finding(
        .likelyWrongLabel,
        "the object looks like \(quoted(suspect.label)), but it is annotated as \(quoted(own))",
        at: annotation.origin, record: RecordReference(.annotation, suspect.annotation),
        field: .categoryID)
    }
    findings += (missing?.likely ?? []).map { place in
      Finding(
        .likelyMissingLabel, place.message, at: samples.dataset.images[place.image].origin,
        record: RecordReference(.image, place.image))
    }
  }
}

public import COCO

/// What looks say for what is annotated of one object: the less, the likelier it is wrong.
public struct ObjectScore: Sendable, Equatable {
  /// The annotation's index in the dataset.
  public let annotation: Int
  public let score: Double
}

/// What the appearance of a set's objects says of its boxes and categories.
public struct AppearanceReport: Sendable, Equatable {
  /// Why the set cannot be learnt.
  public private(set) var reasons: [String] = []
  /// What speaks against it, though it may be so by intent: somebody who knows the set should look.
  public private(set) var doubts: [String] = []
  /// What cannot be told of a set of this size or kind, whose answer might be bad.
  public private(set) var untold: [String] = []
  /// Whether boxes were seen to fit what the pictures show, on pictures that were not learnt.
  public private(set) var boxesFit = false
  /// The share of other pictures' boxes that a picture's own outdo, 0.5 by chance; nil where that could
  /// not be asked.
  public private(set) var boxFit: Double?
  /// The share of the objects whose category is guessed right by a model that has not seen their pictures,
  /// and what chance makes of it; nil where there is one category.
  public private(set) var categoriesGuessed: Double?
  public private(set) var categoriesGuessedByChance: Double?

  /// How well each box fits: the share of other pictures' boxes that it outdoes.
  public private(set) var boxScores: [ObjectScore] = []
  /// How far each object's category is ahead of the one that it looks most like of the others, or
  /// behind it.
  public private(set) var categoryScores: [ObjectScore] = []
  /// Objects that look like another category than they have.
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
    untold.append("whether objects lack a box; copra check --folds 3 searches for them")
  }

  /// Makes the findings, in the order of the annotations.
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
        "by its looks the object is \(quoted(suspect.label)), and it is annotated as \(quoted(own))",
        at: annotation.origin, record: RecordReference(.annotation, suspect.annotation),
        field: .categoryID)
    }
  }
}

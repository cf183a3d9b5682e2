public import COCO
public import Files

/// What one consumer of COCO files makes of a dataset.
///
/// A profile is one file in `Profiles/` and one line in `Profiles.all`.
public protocol Profile: Sendable {
  /// What `--for` takes.
  static var name: String { get }
  /// Which part of the consumer is meant.
  static var summary: String { get }
  static var effects: [Effect] { get }
  /// The keys of a COCO file that it reads, and what they have to hold.
  static var requirements: [KeyRequirement] { get }
  /// The lists of a COCO file without which it stops.
  static var lists: Set<LoadSurvey.List> { get }
  /// Whether it opens the pictures too.
  static var opensPictures: Bool { get }
}

extension Profile {
  /// Nearly every consumer opens them.
  public static var opensPictures: Bool { true }
}

/// Something that a consumer does to records of a kind.
public struct Effect: Sendable {
  /// What comes of it, the gravest first.
  public enum Consequence: String, Sendable, CaseIterable {
    /// Stops with an error.
    case crashes
    /// Leaves the record out without a word.
    case drops
    /// Takes the record for something that it is not.
    case misreads
    /// Leaves the record out, or changes it, as is meant; harmless.
    case ignores
  }

  public let consequence: Consequence
  /// What happens, as read after the number of records: `annotations with the id 0 …`.
  public let summary: String
  /// The kinds of faults that explain it.
  public let rules: [FaultKind]
  let selection: RecordSelection

  init(
    _ consequence: Consequence, _ summary: String, rules: FaultKind...,
    of selection: RecordSelection
  ) {
    self.consequence = consequence
    self.summary = summary
    self.rules = rules
    self.selection = selection
  }

  /// The records concerned in all splits, in their order.
  public func concerns(in subject: Subject) -> [Concern] {
    concerns(in: subject.views)
  }

  func concerns(in sets: [DatasetView]) -> [Concern] {
    sets.flatMap { set in
      selection.records(set).map { Concern(record: $0, origin: set.origin(of: $0)) }
    }
  }
}

extension Effect {
  /// What every consumer does where the numbers of a set's boxes are not what it takes them for.
  fileprivate static let doubtfulBoxes = Effect(
    .misreads, "boxes whose numbers do not look like the x, y, width and height they are read as",
    rules: .boxConvention, .ambiguousUnits,
    of: RecordSelection { set in
      guard set.boxReading != nil else { return [] }
      return set.dataset.annotations.indices.filter { set.dataset.annotations[$0].box != nil }
        .map { RecordReference(.annotation, $0, dataset: set.index) }
    })
}

/// A record that an effect concerns.
public struct Concern: Sendable, Equatable {
  public var record: RecordReference
  /// Where the record stood in its source.
  public var origin: Origin?
}

extension Profile {
  /// The effects that concern any record of `subject`, with the records.
  public static func concerns(in subject: Subject) -> [(effect: Effect, concerns: [Concern])] {
    let sets = subject.views
    return ([.doubtfulBoxes] + effects).map { ($0, $0.concerns(in: sets)) }.filter {
      !$0.concerns.isEmpty
    }
  }
}

extension Subject {
  var views: [DatasetView] {
    datasets.indices.map { index in
      DatasetView(
        datasets[index], index: index, pictures: pictures.isEmpty ? [] : pictures[index])
    }
  }
}

extension DatasetView {
  /// Where a record of this split stood in its source.
  func origin(of record: RecordReference) -> Origin? {
    switch record.kind {
    case .image: dataset.images[record.index].origin
    case .annotation: dataset.annotations[record.index].origin
    case .category: dataset.categories[record.index].origin
    }
  }
}

/// The consumers that `copra validate --for` knows.
public enum Profiles {
  /// All of them, in the order of their names.
  public static let all: [any Profile.Type] = [
    Detectron2Profile.self,
    MMDetectionProfile.self,
    PycocotoolsProfile.self,
    TorchvisionProfile.self,
    UltralyticsProfile.self,
  ]

  /// The profile of this name; nil where there is none.
  public static func profile(named name: String) -> (any Profile.Type)? {
    all.first { $0.name == name }
  }
}

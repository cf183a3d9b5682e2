public import COCO
public import Files

/// The behaviour of one consumer of COCO files.
///
/// A profile is one file in `Profiles/` and one line in `Profiles.all`.
public protocol Profile: Sendable {
  /// The name that `--for` takes.
  static var name: String { get }
  /// The part of the consumer that is described.
  static var summary: String { get }
  static var effects: [Effect] { get }
  /// The keys of a COCO file that the consumer reads, and the values that they must hold.
  static var requirements: [KeyRequirement] { get }
  /// The lists of a COCO file without which the consumer stops.
  static var lists: Set<LoadSurvey.List> { get }
  /// Whether the consumer opens the images too.
  static var opensPictures: Bool { get }
}

extension Profile {
  /// True, as for nearly every consumer.
  public static var opensPictures: Bool { true }
}

/// Something that a consumer does to records of a kind.
public struct Effect: Sendable {
  /// The consequence, the gravest first.
  public enum Consequence: String, Sendable, CaseIterable {
    /// The consumer stops with an error.
    case crashes
    /// The consumer leaves the record out silently.
    case drops
    /// The consumer takes the record for something that it is not.
    case misreads
    /// The consumer leaves the record out, or changes it, as intended; this is harmless.
    case ignores
  }

  /// The consequence for the records.
  public let consequence: Consequence
  /// The effect as a phrase to be read after the number of records: `annotations with the id 0 …`.
  public let summary: String
  /// The kinds of faults that explain the effect.
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

  /// Returns the records concerned in all splits, in their order.
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
  /// The effect on every consumer if the numbers of a set's boxes follow another convention.
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
  /// The record.
  public var record: RecordReference
  /// The place of the record in its source.
  public var origin: Origin?
}

extension Profile {
  /// Returns the effects that concern any record of `subject`, with the records.
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
  /// Returns the place of a record of this split in its source.
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
  /// All profiles, in the order of their names.
  public static let all: [any Profile.Type] = [
    Detectron2Profile.self,
    MMDetectionProfile.self,
    PycocotoolsProfile.self,
    TorchvisionProfile.self,
    UltralyticsProfile.self,
  ]

  /// Returns the profile of this name; nil if there is none.
  public static func profile(named name: String) -> (any Profile.Type)? {
    all.first { $0.name == name }
  }
}

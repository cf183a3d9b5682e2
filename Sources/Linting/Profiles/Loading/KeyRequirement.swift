public import COCO

/// A consumer's requirement on the values under a key, and its behaviour if they do not meet it.
public struct KeyRequirement: Sendable {
  let list: LoadSurvey.List
  let key: LoadSurvey.Key
  let refused: Set<LoadSurvey.Holding>
  let consequence: Effect.Consequence
  /// The use that the consumer makes of the value.
  let reason: String
  /// The kind of fault that explains the failure.
  public let rule: FaultKind
  /// Whether the requirement applies to a file.
  let applies: @Sendable (LoadSurvey) -> Bool

  init(
    _ list: LoadSurvey.List, _ key: LoadSurvey.Key, _ refused: Set<LoadSurvey.Holding>,
    _ reason: String, as consequence: Effect.Consequence = .crashes, rule: FaultKind,
    where applies: @escaping @Sendable (LoadSurvey) -> Bool = { _ in true }
  ) {
    self.list = list
    self.key = key
    self.refused = refused
    self.consequence = consequence
    self.reason = reason
    self.rule = rule
    self.applies = applies
  }
}

/// An effect that stops a consumer while it loads a file, or makes it lose records there.
public struct LoadEffect: Sendable, Equatable {
  /// The consequence for the file or the records.
  public var consequence: Effect.Consequence
  /// The number of records concerned; 1 if it is the file.
  public var count: Int
  /// The effect as a phrase to be read after the number.
  public var summary: String
  /// The kind of fault that explains the effect.
  public var rule: FaultKind
  /// The offset of the first record or of the fault in the file.
  public var offset: Int
}

extension Profile {
  /// Returns the effects on the consumer while it loads a file.
  public static func loading(_ survey: LoadSurvey) -> [LoadEffect] {
    if let refusal = survey.refusal {
      return [
        LoadEffect(
          consequence: .crashes, count: 1,
          summary: "file that Python's json module cannot load: \(refusal.reason)",
          rule: .malformedFile, offset: refusal.offset)
      ]
    }
    let missing = lists.filter { !survey.lists.contains($0) }.map { list in
      LoadEffect(
        consequence: .crashes, count: 1,
        summary: "file without the list \"\(list.rawValue)\": it is required (KeyError)",
        rule: .missingField, offset: 0)
    }
    return missing + requirements.filter { $0.applies(survey) }.flatMap { $0.effects(in: survey) }
  }
}

extension KeyRequirement {
  fileprivate func effects(in survey: LoadSurvey) -> [LoadEffect] {
    LoadSurvey.Holding.allCases.filter(refused.contains).compactMap { holding in
      let count = survey.count(list, key, holding)
      guard count.records > 0 else { return nil }
      return LoadEffect(
        consequence: consequence, count: count.records,
        summary: "\(list.rawValue) \(holding.words(key)): \(reason)", rule: rule,
        offset: count.first)
    }
  }
}

extension LoadSurvey.Holding {
  /// Returns the value as a phrase to be read after the records: `without id`, `whose area is a
  /// text`.
  fileprivate func words(_ key: LoadSurvey.Key) -> String {
    let name = key.rawValue
    return switch self {
    case .absent: "without \(name)"
    case .null: "whose \(name) is null"
    case .boolean: "whose \(name) is true or false"
    case .whole: "whose \(name) is a whole number"
    case .fraction: "whose \(name) is not a whole number"
    case .text: "whose \(name) is text"
    case .digits: "whose \(name) is a number in quotes"
    case .list: "whose \(name) is a list"
    case .object: "whose \(name) is an object"
    case .otherForm: "whose \(name) has the wrong form"
    }
  }
}

extension LoadSurvey {
  /// Returns whether any record of a list has one of these values under a key.
  func has(_ list: List, _ key: Key, _ holdings: Set<Holding>) -> Bool {
    holdings.contains { count(list, key, $0).records > 0 }
  }

  /// Whether any annotation has an outline, so that masks are evaluated.
  var hasOutlines: Bool { has(.annotations, .segmentation, [.list, .object]) }
  /// Whether half of the annotations have outlines, so that masks are what is to be evaluated.
  var isOfOutlines: Bool {
    func records(_ holding: Holding) -> Int { count(.annotations, .segmentation, holding).records }
    let outlined = records(.list) + records(.object)
    return outlined > 0 && outlined * 2 >= Holding.allCases.reduce(0) { $0 + records($1) }
  }
  /// Whether any annotation has a box or an outline, so that objects are read, and not captions.
  var hasBoxes: Bool {
    hasOutlines || has(.annotations, .bbox, [.list, .object, .otherForm, .text, .digits])
  }
  /// Whether any annotation has keypoints, so that these are evaluated.
  var hasKeypoints: Bool { has(.annotations, .keypoints, [.list]) }
}

extension Set<LoadSurvey.Holding> {
  static let numbers: Self = [.whole, .fraction, .boolean]
  /// The values of an id that are no number.
  static let noNumber: Self = [.null, .text, .digits]
  /// The present values that are no number.
  static let otherThanNumber: Self = [.text, .digits, .list, .object]
  /// The present values that are no box.
  static let notOfFourNumbers: Self = [
    .boolean, .whole, .fraction, .text, .digits, .object, .otherForm,
  ]
  static let noOutline: Self = [
    .absent, .null, .boolean, .whole, .fraction, .text, .digits, .otherForm,
  ]
  static let unhashable: Self = [.absent, .list, .object]
  static let notOfNumbers: Self = [.absent, .null, .text, .digits, .list, .object]
  static let noList: Self = [
    .absent, .null, .boolean, .whole, .fraction, .text, .digits, .object, .otherForm,
  ]
}

extension KeyRequirement {
  /// Returns the requirement on a category's id in an annotation, for consumers that look up
  /// categories by number.
  static let categoryOfNumber = KeyRequirement(
    .annotations, .categoryID, .noNumber,
    "no category has this id, since the ids of categories are numbers", as: .drops,
    rule: .nonIntegerID, where: { !$0.has(.categories, .id, .noNumber) })
}

extension [KeyRequirement] {
  /// The requirements of loaders on every image.
  static let pictureKeys: [KeyRequirement] = [LoadSurvey.Key.fileName, .width, .height].map {
    KeyRequirement(.images, $0, [.absent], "loading requires it (KeyError)", rule: .missingField)
  }

  /// The requirements of `pycocotools.coco.COCO` while it makes its index, and its losses there.
  static let index: [KeyRequirement] = [
    KeyRequirement(
      .images, .id, .unhashable, "loading indexes images by it", rule: .missingField),
    KeyRequirement(
      .images, .id, .noNumber, "sorting it with numbers raises a TypeError",
      rule: .nonIntegerID, where: { $0.has(.images, .id, .numbers) }),
    KeyRequirement(
      .images, .id, [.null], "sorting it with text raises a TypeError", rule: .nonIntegerID,
      where: { !$0.has(.images, .id, .numbers) && $0.has(.images, .id, [.text, .digits]) }),
    KeyRequirement(
      .annotations, .id, .unhashable, "loading indexes annotations by it", rule: .missingField),
    KeyRequirement(
      .annotations, .imageID, .unhashable, "loading indexes annotations by it",
      rule: .missingField),
    KeyRequirement(
      .annotations, .imageID, .noNumber,
      "no image has this id, since the ids of images are numbers", as: .drops, rule: .nonIntegerID,
      where: { !$0.has(.images, .id, .noNumber) }),
    KeyRequirement(
      .annotations, .categoryID, .unhashable, "loading indexes annotations by it",
      rule: .missingField, where: { $0.lists.contains(.categories) }),
    KeyRequirement(
      .categories, .id, .unhashable, "loading indexes categories by it", rule: .missingField),
  ]
}

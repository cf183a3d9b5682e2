public import COCO

/// What a consumer asks of the values under a key, and what it does where they are otherwise.
public struct KeyRequirement: Sendable {
  let list: LoadSurvey.List
  let key: LoadSurvey.Key
  let refused: Set<LoadSurvey.Holding>
  let consequence: Effect.Consequence
  /// What the consumer does with the value.
  let reason: String
  /// The kind of fault that explains it.
  public let rule: FaultKind
  /// Whether the file is one for which the consumer does it.
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

/// Something that stops a consumer while it loads a file, or makes it lose records there.
public struct LoadEffect: Sendable, Equatable {
  public var consequence: Effect.Consequence
  /// How many records it concerns; 1 where it is the file.
  public var count: Int
  /// What happens, as read after the number.
  public var summary: String
  public var rule: FaultKind
  /// Where in the file the first record or the fault stands.
  public var offset: Int
}

extension Profile {
  /// What the consumer meets while it loads a file.
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
  /// `without id`, `whose area is a text`, as read after the records.
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
  /// Whether any record of a list has one of these under a key.
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
  /// Of an id: what no number is.
  static let noNumber: Self = [.null, .text, .digits]
  /// Of a number that is there: what it is no number by.
  static let otherThanNumber: Self = [.text, .digits, .list, .object]
  /// Of a box that is there.
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
  /// A category's id in an annotation, where categories are looked up by numbers.
  static let categoryOfNumber = KeyRequirement(
    .annotations, .categoryID, .noNumber,
    "no category has this id, since the ids of categories are numbers", as: .drops,
    rule: .nonIntegerID, where: { !$0.has(.categories, .id, .noNumber) })
}

extension [KeyRequirement] {
  /// What loaders read of every image.
  static let pictureKeys: [KeyRequirement] = [LoadSurvey.Key.fileName, .width, .height].map {
    KeyRequirement(.images, $0, [.absent], "loading requires it (KeyError)", rule: .missingField)
  }

  /// What `pycocotools.coco.COCO` asks while it makes its index, and what is lost in it.
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

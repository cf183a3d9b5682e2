import COCO

extension EvaluationSettings {
  /// The settings as parameters of partial results, each under its name in the reference
  /// implementation, if it has one.
  var json: JSONObject {
    var object: JSONObject = [
      "iouType": .string(iouType.rawValue), "iouThrs": Self.list(iouThresholds),
      "recThrs": Self.list(recallThresholds),
      "areaRng": .array(areaRanges.map { Self.list([$0.lower, $0.upper]) }),
      "areaRngLbl": .array(areaRanges.map { .string($0.name) }),
      "maxDets": .array(maximumDetections.map { .integer($0) }),
      "kpt_oks_sigmas": Self.list(keypointSigmas), "lvis": .bool(isFederated),
      "errors": .bool(analysesErrors),
    ]
    if let confusionScore { object["confusion-score"] = Self.value(confusionScore) }
    return object
  }

  /// Reads what `json` writes; nil for anything else.
  init?(_ json: JSONObject) {
    guard let type = json["iouType"]?.string.flatMap({ IoUType(rawValue: $0) }),
      let thresholds = Self.numbers(json["iouThrs"]), (1...64).contains(thresholds.count),
      let recalls = Self.numbers(json["recThrs"]),
      let ranges = json["areaRng"]?.list?.map(Self.numbers),
      let names = json["areaRngLbl"]?.list?.compactMap(\.string), names.count == ranges.count,
      (1...32).contains(ranges.count), ranges.allSatisfy({ $0?.count == 2 }),
      let limits = json["maxDets"]?.list?.compactMap(\.integer), !limits.isEmpty,
      limits.allSatisfy({ $0 > 0 }), let sigmas = Self.numbers(json["kpt_oks_sigmas"]),
      case .bool(let isFederated)? = json["lvis"], case .bool(let analysesErrors)? = json["errors"]
    else { return nil }
    self.init(type)
    iouThresholds = thresholds
    recallThresholds = recalls
    areaRanges = zip(names, ranges).compactMap { name, range in
      range.map { AreaRange(name, from: $0[0], to: $0[1]) }
    }
    maximumDetections = limits
    keypointSigmas = sigmas
    self.isFederated = isFederated
    self.analysesErrors = analysesErrors
    confusionScore = json["confusion-score"].flatMap(Self.number)
  }

  private static func list(_ numbers: [Double]) -> JSONValue { .array(numbers.map(value)) }

  /// Returns a number as JSON, which has no infinity; an area may end at it.
  private static func value(_ number: Double) -> JSONValue {
    number.isFinite ? .number(number) : .string("\(number)")
  }

  private static func numbers(_ value: JSONValue?) -> [Double]? {
    guard let list = value?.list else { return nil }
    let numbers = list.compactMap(number)
    return numbers.count == list.count ? numbers : nil
  }

  private static func number(_ value: JSONValue) -> Double? {
    value.double ?? value.string.flatMap { Double($0) }
  }
}

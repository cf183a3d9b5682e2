import CCopra
import COCO
import DetectionMetrics

/// The settings of a caller, checked.
struct ReadSettings: Sendable {
  var settings: EvaluationSettings
  var selection: CategorySelection
  /// The ids of the images to evaluate; nil for all.
  var imageIDs: [Int]?

  init(_ settings: UnsafePointer<copra_settings>?) throws {
    let given = try Call.required(settings, "the settings").pointee
    self.settings = EvaluationSettings(try Self.iouType(given.iou_type))
    self.settings.iouThresholds = try Self.thresholds(given)
    self.settings.recallThresholds = try Self.recalls(
      given.recall_thresholds, given.recall_threshold_count)
    self.settings.areaRanges = try Self.areaRanges(given)
    self.settings.maximumDetections = try Self.maximumDetections(given)
    self.settings.keypointSigmas = Array(
      try Call.elements(given.keypoint_sigmas, given.keypoint_sigma_count, "keypoint_sigmas"))
    selection = CategorySelection(
      ids: try Call.elements(given.category_ids, given.category_count, "category_ids").map {
        Int($0)
      }, joins: given.use_categories == 0)
    if let ids = given.image_ids {
      imageIDs = try Call.elements(ids, given.image_count, "image_ids").map { Int($0) }
    }
  }

  private static func iouType(_ number: Int32) throws -> IoUType {
    switch Int(number) {
    case COPRA_BBOX: .bbox
    case COPRA_SEGM: .segm
    case COPRA_KEYPOINTS: .keypoints
    default: throw CallError("iou_type: expected 0, 1 or 2, found \(number)")
    }
  }

  private static func thresholds(_ given: copra_settings) throws -> [Double] {
    let thresholds = Array(
      try Call.elements(given.iou_thresholds, given.iou_threshold_count, "iou_thresholds"))
    guard (1...64).contains(thresholds.count) else {
      throw CallError("iou_thresholds: expected 1 to 64 numbers, found \(thresholds.count)")
    }
    guard thresholds.allSatisfy(\.isFinite) else {
      throw CallError("iou_thresholds: expected finite numbers")
    }
    return thresholds
  }

  static func recalls(_ first: UnsafePointer<Double>?, _ count: Int64) throws -> [Double] {
    let recalls = Array(try Call.elements(first, count, "recall_thresholds"))
    guard !recalls.isEmpty, zip(recalls, recalls.dropFirst()).allSatisfy({ $0 <= $1 }),
      recalls.allSatisfy(\.isFinite)
    else {
      throw CallError("recall_thresholds: expected finite numbers in ascending order")
    }
    return recalls
  }

  private static func areaRanges(_ given: copra_settings) throws -> [AreaRange] {
    let limits = try Call.elements(given.area_ranges, 2 * given.area_range_count, "area_ranges")
    let names = try Call.elements(given.area_names, given.area_range_count, "area_names")
    guard (1...32).contains(names.count) else {
      throw CallError("area_ranges: expected 1 to 32 ranges, found \(names.count)")
    }
    return try names.indices.map { index in
      let (lower, upper) = (limits[2 * index], limits[2 * index + 1])
      guard !lower.isNaN, !upper.isNaN else {
        throw CallError("area_ranges: expected numbers, found NaN")
      }
      return AreaRange(try Call.text(names[index], "area_names"), from: lower, to: upper)
    }
  }

  private static func maximumDetections(_ given: copra_settings) throws -> [Int] {
    let limits = try Call.elements(
      given.maximum_detections, given.maximum_detections_count, "maximum_detections")
    guard !limits.isEmpty, limits.count <= 64,
      limits.allSatisfy({ (1...Int64(Int32.max)).contains($0) })
    else {
      throw CallError("maximum_detections: expected numbers from 1 on")
    }
    return limits.map { Int($0) }
  }
}

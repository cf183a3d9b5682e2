import COCO
import DetectionMetrics
import Formats
import Images

/// What the page is told of the objects on pictures, as JSON.
struct ObjectText {
  let set: ViewedSet
  let predictions: PredictedSet?
  let labels: CheckedLabels?
  /// Detections of a lower score are left out.
  var leastScore = 0.0

  /// The objects of pictures as they are drawn, by the pictures' numbers.
  func objects(of pictures: [Int]) -> [UInt8] {
    var output = JSONOutput()
    output.raw("{")
    for (place, picture) in pictures.enumerated() {
      if place > 0 { output.raw(",") }
      output.append(String(picture))
      output.raw(":")
      append(picture, to: &output)
    }
    output.raw("}")
    return output.bytes
  }

  /// One picture with all that is known of it.
  ///
  /// - Parameters:
  ///   - places: of the picture and of its objects, as far as they have one.
  ///   - findings: an object each, in their order.
  func picture(
    _ picture: Int, image: COCO.Image, places: (image: String?, objects: [String?]),
    findings: [JSONValue]
  ) -> [UInt8] {
    var output = JSONOutput()
    output.raw("{\"name\":")
    output.append(image.fileName)
    output.raw(",\"id\":")
    output.append(image.id)
    output.raw(",\"place\":")
    output.append(places.image.map { .string($0) } ?? .null)
    output.raw(",\"extra\":")
    output.append(image.extra)
    output.raw(",\"findings\":")
    output.append(.array(findings))
    output.raw(",\"drawn\":")
    append(picture, to: &output)
    output.raw(",\"details\":[")
    for (place, (record, text)) in zip(set.records(on: picture), places.objects).enumerated() {
      if place > 0 { output.raw(",") }
      output.append(details(of: record, place: text))
    }
    output.raw("]}")
    return output.bytes
  }

  private func append(_ picture: Int, to output: inout JSONOutput) {
    let dataset = set.location(of: picture)?.dataset ?? 0
    let truths = set.objects(on: picture)
    let verdicts = predictions?.verdicts(on: picture, truths: truths, leastScore: leastScore)
    output.raw("{\"truths\":[")
    for (place, truth) in truths.enumerated() {
      if place > 0 { output.raw(",") }
      let category = set.categories.index(of: truth.categoryID, in: dataset)
      let shape = DrawnShape(
        category: category, box: truth.box, segmentation: truth.segmentation,
        keypoints: truth.keypoints)
      shape.append(to: &output, verdict: verdicts?.truths[place]) { output in
        if truth.isCrowd == 1 { output.raw(",\"crowd\":1") }
      }
    }
    output.raw("]")
    if let verdicts {
      output.raw(",\"found\":[")
      for (place, (detection, verdict)) in verdicts.found.enumerated() {
        if place > 0 { output.raw(",") }
        let category = set.categories.index(of: detection.categoryID, in: dataset)
        let shape = DrawnShape(
          category: category, box: detection.box, segmentation: detection.segmentation,
          keypoints: detection.keypoints)
        shape.append(to: &output, verdict: verdict) { output in
          output.raw(",\"score\":")
          output.append(detection.score)
        }
      }
      output.raw("]")
    }
    output.raw("}")
  }

  private func details(of record: RecordReference, place: String?) -> JSONValue {
    let annotation = set.imported.datasets[record.dataset].annotations[record.index]
    var details: JSONObject = ["id": .integer(annotation.id)]
    if let area = annotation.area { details["area"] = .number(area) }
    if let loss = labels?.loss(of: record) {
      details["loss"] = .number(loss.loss)
      details["forgotten"] = .integer(loss.timesForgotten)
    }
    if let place { details["place"] = .string(place) }
    details["attributes"] = .object(annotation.attributes)
    details["extra"] = .object(annotation.extra)
    return .object(details)
  }
}

/// The shape of an object or a detection, as the page draws it.
private struct DrawnShape {
  let category: Int
  let box: Box?
  let segmentation: Segmentation?
  let keypoints: [Double]?

  func append(
    to output: inout JSONOutput, verdict: BoxComparison.Verdict?,
    more: (inout JSONOutput) -> Void
  ) {
    output.raw("{\"category\":")
    output.append(category)
    if let box {
      output.raw(",\"box\":")
      Self.append([box.x, box.y, box.width, box.height], to: &output)
    }
    if let rings, !rings.isEmpty {
      output.raw(",\"rings\":[")
      for (place, ring) in rings.enumerated() {
        if place > 0 { output.raw(",") }
        Self.append(ring, to: &output)
      }
      output.raw("]")
    }
    if let keypoints {
      output.raw(",\"keypoints\":")
      Self.append(keypoints, to: &output)
    }
    if let verdict {
      output.raw(",\"verdict\":")
      output.append("\(verdict)")
    }
    more(&output)
    output.raw("}")
  }

  /// The outline's rings; run lengths that cannot be read have none.
  private var rings: [[Double]]? {
    switch segmentation {
    case .polygons(let polygons)?: polygons.rings
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?: (try? mask.polygons())?.rings
    case nil: nil
    }
  }

  /// Hundredths of a pixel are more than a screen shows.
  private static func append(_ numbers: [Double], to output: inout JSONOutput) {
    output.raw("[")
    for (place, number) in numbers.enumerated() {
      if place > 0 { output.raw(",") }
      output.append(number.magnitude < 1e9 ? (number * 100).rounded() / 100 : number)
    }
    output.raw("]")
  }
}

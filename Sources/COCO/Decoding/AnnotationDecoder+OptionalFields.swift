import Files

/// The fields that an annotation can lack: a broken one is read by its only possible meaning, or
/// left out.
extension AnnotationDecoder {
  @inline(never)
  mutating func area(_ node: JSONNode, of record: Origin?) -> Double? {
    if node.kind == .null { return nil }
    if let number = node.lenientNumber { return number }
    let expected = "area: expected a number"
    guard let number = node.statedNumber else {
      let fault = RecordFault(.malformedValue, "\(expected), found \(node.excerpt)", node.offset)
      records.leaveOut(.area, fault, of: record)
      return nil
    }
    records.repair(
      "area written as text or list read as a number", node, as: number.shortest, .malformedValue,
      severity: .warning, expected: expected)
    return number
  }

  @inline(never)
  mutating func crowd(_ node: JSONNode, of record: Origin?) -> Int? {
    if node.kind == .null { return nil }
    let expected = "iscrowd: expected 0 or 1"
    if let bool = node.bool {
      records.repair(
        "iscrowd written as true or false read as 1 or 0", node, as: bool ? "1" : "0",
        .badIscrowd, severity: .warning, expected: expected)
      return bool ? 1 : 0
    }
    if let number = node.statedNumber.flatMap({ Int(exactly: $0) }) {
      records.repair(
        "iscrowd written as text or list read as a number", node, as: String(number), .badIscrowd,
        expected: expected)
      return number
    }
    let fault = RecordFault(.malformedValue, "\(expected), found \(node.excerpt)", node.offset)
    records.leaveOut(.isCrowd, fault, of: record)
    return nil
  }

  mutating func keypoints(_ node: JSONNode, of record: Origin?) -> [Double]? {
    var values: [Double] = []
    if node.appendPlainNumbers(to: &values) { return values }
    do throws(RecordFault) {
      return try numbers(node, "keypoints")
    } catch {
      guard let numbers = node.statedNumbers ?? node.statedTuples(of: 3) else {
        records.leaveOut(.keypoints, error, of: record)
        return nil
      }
      records.repair(
        "keypoints written in another way read", node, as: numbers.listText, .malformedValue,
        severity: .warning, expected: "keypoints: expected one list of numbers")
      return numbers
    }
  }

  private func numbers(_ node: JSONNode, _ name: String) throws(RecordFault) -> [Double] {
    guard node.kind == .array else {
      throw RecordFault(
        .malformedValue, "\(name): expected a list of numbers, found \(node.excerpt)", node.offset)
    }
    var values: [Double] = []
    var failure: RecordFault?
    node.forEachElement { element in
      do throws(RecordFault) {
        values.append(try number(element, name) ?? .nan)
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return values
  }

  mutating func outline(_ node: JSONNode) -> Segmentation? {
    let record = records.batch.records.count
    brokenOutline = nil
    do throws(RecordFault) {
      let mask = try records.batch.outlines.decode(node, for: record)
      if records.batch.outlines.holdsOddRing { lookAtRings(node) }
      return mask
    } catch {
      records.batch.outlines.forget(record)
      if let rings = node.statedRings { take(rings, node) } else { brokenOutline = error }
      return nil
    }
  }

  /// Examines an outline with an invalid ring, which may be a list of points.
  @inline(never)
  private mutating func lookAtRings(_ node: JSONNode) {
    if let points = node.statedTuples(of: 2), points.count >= 6 { return take([points], node) }
    guard records.manner.tellsRings else { return }
    var isTold = false
    node.forEachElement { ring in
      let count = ring.elementCount
      guard !isTold, let fault = Fault.ring(coordinates: count) else { return }
      isTold = true
      records.find(
        fault.kind, severity: .warning, "segmentation: \(fault.message), kept as it is",
        at: records.base + ring.offset)
    }
  }

  private mutating func take(_ rings: [[Double]], _ node: JSONNode) {
    records.batch.outlines.replace(rings, for: records.batch.records.count)
    records.repair(
      "segmentation written in another way read", node,
      as: "[\(rings.map(\.listText).joined(separator: ", "))]", .malformedValue,
      severity: .warning, expected: "segmentation: expected a list of rings x1, y1, x2, y2, …")
  }
}

extension RunLengthMask {
  /// Encodes the pixels of a label image, row after row, that have one value.
  ///
  /// - Precondition: `labels` holds height × width values.
  public init(labels: [UInt32], width: Int, height: Int, value: UInt32) {
    RunLengthMask.checkSize(of: labels.count, height: height, width: width)
    let changes = labels.withUnsafeBufferPointer {
      ColumnChanges.positions(in: $0, height: height, width: width) {
        ($0 == value) != ($1 == value)
      }
    }
    self.init(
      changes: changes, startsSet: labels.first == value, height: height, width: width)
  }

  /// Returns the mask of every value but 0 in a label image, row after row, by ascending value.
  ///
  /// The image is read once however many values it holds.
  ///
  /// - Precondition: `labels` holds height × width values.
  public static func masks(
    ofLabels labels: [UInt32], width: Int, height: Int
  ) -> [(value: UInt32, mask: RunLengthMask)] {
    checkSize(of: labels.count, height: height, width: width)
    guard !labels.isEmpty else { return [] }
    let changes = labels.withUnsafeBufferPointer {
      ColumnChanges.positions(in: $0, height: height, width: width) { $0 != $1 }
    }
    let total = UInt32(labels.count)
    var found = LabelRuns()
    var start: UInt32 = 0
    for index in 0...changes.count {
      let end = index < changes.count ? changes[index] : total
      let (column, row) = Int(start).quotientAndRemainder(dividingBy: height)
      let value = labels[row * width + column]
      if value != 0 { found.append(value: value, start: start, end: end) }
      start = end
    }
    return found.closed(at: total).map {
      ($0.value, RunLengthMask(height: height, width: width, counts: $0.counts))
    }
  }
}

/// The runs of each value, collected while a label image is read in column order.
private struct LabelRuns {
  private var slots: [UInt32: Int] = [:]
  private var values: [UInt32] = []
  private var counts: [[UInt32]] = []
  private var ends: [UInt32] = []
  private var lastSlot = 0

  mutating func append(value: UInt32, start: UInt32, end: UInt32) {
    let slot = slot(of: value)
    counts[slot].append(start - ends[slot])
    counts[slot].append(end - start)
    ends[slot] = end
  }

  /// Returns the runs by ascending value, each filled with zeros up to `total`.
  func closed(at total: UInt32) -> [(value: UInt32, counts: [UInt32])] {
    values.indices.sorted { values[$0] < values[$1] }.map { slot in
      let rest = total - ends[slot]
      return (values[slot], rest > 0 ? counts[slot] + [rest] : counts[slot])
    }
  }

  /// Returns the place of the runs of `value`; neighbouring columns mostly request the same value.
  private mutating func slot(of value: UInt32) -> Int {
    if lastSlot < values.count, values[lastSlot] == value { return lastSlot }
    if let known = slots[value] {
      lastSlot = known
    } else {
      lastSlot = values.count
      slots[value] = lastSlot
      values.append(value)
      counts.append([])
      ends.append(0)
    }
    return lastSlot
  }
}

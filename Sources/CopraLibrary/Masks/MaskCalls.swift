// The names are those of the C header.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CCopra
import COCO
import Files

/// Encodes `count` masks of height × width bytes, column after column; every byte but 0 is set.
@c @implementation
public func copra_masks_encode(
  _ pixels: UnsafePointer<UInt8>?, _ height: Int64, _ width: Int64, _ count: Int64,
  _ masks: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let (height, width) = (try Call.count(height, "height"), try Call.count(width, "width"))
    let count = try Call.count(count, "count")
    let size = try Call.product(height, width, "pixels")
    let all = try Call.elements(
      pixels, Int64(try Call.product(size, count, "pixels")), "pixels")
    try HeldMasks(
      (0..<count).map { index in
        RunLengthMask(
          columns: UnsafeBufferPointer(rebasing: all[(index * size)..<((index + 1) * size)]),
          height: height, width: width)
      }
    ).give(to: masks)
  }
}

/// Decodes masks of one size into height × width × count bytes.
@c @implementation
public func copra_masks_decode(
  _ masks: OpaquePointer?, _ pixels: UnsafeMutablePointer<UInt8>?, _ length: Int64
) -> Int32 {
  Call.run {
    let masks = try HeldMasks.borrow(masks).masks
    guard let first = masks.first else { return }
    for mask in masks {
      try mask.validate()
      guard mask.height == first.height, mask.width == first.width else {
        throw CallError("expected masks of one size")
      }
    }
    let size = first.height * first.width
    guard length == Int64(size * masks.count) else {
      throw CallError("expected room for \(size * masks.count) bytes, found \(length)")
    }
    if size == 0 { return }
    let room = try Call.required(pixels, "pixels")
    for (index, mask) in masks.enumerated() { mask.write(columns: room + index * size) }
  }
}

/// Reads COCO's compressed run lengths: the `counts` of all masks, the `lengths` of each in bytes,
/// and their `sizes` as height and width.
@c @implementation
public func copra_masks_read(
  _ count: Int64, _ sizes: UnsafePointer<Int64>?, _ lengths: UnsafePointer<Int64>?,
  _ counts: UnsafePointer<CChar>?, _ length: Int64, _ masks: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let given = try GivenMasks(count, sizes, lengths, counts, length)
    try HeldMasks(
      try given.map { bytes, height, width in
        let runs = try bytes.withMemoryRebound(to: UInt8.self) {
          try RunLengthMask.runs(compressed: $0)
        }
        return RunLengthMask(height: height, width: width, counts: runs)
      }
    ).give(to: masks)
  }
}

/// Makes masks of run lengths: the `runs` of all masks, the `lengths` of each as numbers of runs,
/// and their `sizes` as height and width.
@c @implementation
public func copra_masks_from_runs(
  _ count: Int64, _ sizes: UnsafePointer<Int64>?, _ lengths: UnsafePointer<Int64>?,
  _ runs: UnsafePointer<Int64>?, _ length: Int64, _ masks: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let given = try GivenMasks(count, sizes, lengths, runs, length)
    try HeldMasks(
      try given.map { runs, height, width in
        let counts = try runs.enumerated().map { index, run in
          guard let run = UInt32(exactly: run) else { throw MaskError.runOutOfRange(index: index) }
          return run
        }
        return RunLengthMask(height: height, width: width, counts: counts)
      }
    ).give(to: masks)
  }
}

/// Draws rings of corners x0 y0 x1 y1 …, of `lengths` numbers each, one mask for each ring.
@c @implementation
public func copra_masks_from_rings(
  _ count: Int64, _ lengths: UnsafePointer<Int64>?, _ corners: UnsafePointer<Double>?,
  _ length: Int64, _ height: Int64, _ width: Int64, _ masks: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let sizes = [Int64](repeating: 0, count: 2 * (try Call.count(count, "count")))
    let (height, width) = (try Call.count(height, "height"), try Call.count(width, "width"))
    let drawn = try sizes.withUnsafeBufferPointer { sizes in
      try GivenMasks(count, sizes.baseAddress, lengths, corners, length).map { ring, _, _ in
        try RunLengthMask(ring: ring, height: height, width: width)
      }
    }
    try HeldMasks(drawn).give(to: masks)
  }
}

/// Draws boxes x y width height, one mask for each box.
@c @implementation
public func copra_masks_from_boxes(
  _ count: Int64, _ boxes: UnsafePointer<Double>?, _ height: Int64, _ width: Int64,
  _ masks: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let (height, width) = (try Call.count(height, "height"), try Call.count(width, "width"))
    let boxes = try Call.boxes(boxes, count, "boxes")
    try HeldMasks(try boxes.map { try RunLengthMask(box: $0, height: height, width: width) })
      .give(to: masks)
  }
}

/// Frees masks; NULL may be freed.
@c @implementation
public func copra_masks_free(_ masks: OpaquePointer?) { HeldMasks.free(masks) }

/// Lends one of the masks' columns, which stays valid until the masks are freed.
@c @implementation
public func copra_masks_column(
  _ masks: OpaquePointer?, _ column: Int32, _ array: UnsafeMutablePointer<copra_array>?
) -> Int32 {
  Call.run {
    let masks = try HeldMasks.borrow(masks)
    try masks.columns.lend(column, to: array) { try masks.column(column) }
  }
}

extension Call {
  /// Returns boxes from x, y, width and height.
  static func boxes(
    _ first: UnsafePointer<Double>?, _ count: Int64, _ name: String
  ) throws -> [Box] {
    let numbers = try elements(first, 4 * Int64(try self.count(count, name)), name)
    return (0..<numbers.count / 4).map { index in
      Box(
        x: numbers[4 * index], y: numbers[4 * index + 1], width: numbers[4 * index + 2],
        height: numbers[4 * index + 3])
    }
  }
}

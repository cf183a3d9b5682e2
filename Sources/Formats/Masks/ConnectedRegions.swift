import Images

/// The connected regions of a label image: pixels of one value that touch, also at their corners.
struct ConnectedRegions {
  /// The number of each pixel's region, from 1; 0 for the background.
  let labels: [UInt32]
  /// The value of each region, in the order of their numbers.
  let values: [UInt32]

  /// Labels the regions of an image, with each pixel's value replaced by the result of `value`; 0
  /// is the background.
  init(_ image: LabelImage, value: (UInt32) -> UInt32 = { $0 }) {
    let width = image.width
    var parents: [UInt32] = [0]
    var found = [UInt32](repeating: 0, count: image.values.count)
    var row = [UInt32](repeating: 0, count: width)
    var above = row
    var regionValues: [UInt32] = [0]
    for y in 0..<image.height {
      swap(&row, &above)
      for x in 0..<width {
        let own = value(image.values[y * width + x])
        row[x] = own
        guard own != 0 else { continue }
        var label: UInt32 = 0
        func join(_ other: UInt32) {
          label = label == 0 ? other : Self.joined(label, other, &parents)
        }
        if x > 0, row[x - 1] == own { join(found[y * width + x - 1]) }
        if y > 0 {
          for near in max(x - 1, 0)...min(x + 1, width - 1) where above[near] == own {
            join(found[(y - 1) * width + near])
          }
        }
        if label == 0 {
          label = UInt32(parents.count)
          parents.append(label)
          regionValues.append(own)
        }
        found[y * width + x] = label
      }
    }
    var numbers = [UInt32](repeating: 0, count: parents.count)
    var values: [UInt32] = []
    for label in parents.indices.dropFirst() {
      let root = Int(Self.root(of: UInt32(label), &parents))
      if numbers[root] == 0 {
        values.append(regionValues[root])
        numbers[root] = UInt32(values.count)
      }
      numbers[label] = numbers[root]
    }
    labels = found.map { numbers[Int($0)] }
    self.values = values
  }

  private static func root(of label: UInt32, _ parents: inout [UInt32]) -> UInt32 {
    var label = label
    while parents[Int(label)] != label {
      parents[Int(label)] = parents[Int(parents[Int(label)])]
      label = parents[Int(label)]
    }
    return label
  }

  /// Makes one region of two, which is called as the older of them.
  private static func joined(
    _ first: UInt32, _ second: UInt32, _ parents: inout [UInt32]
  ) -> UInt32 {
    let (first, second) = (root(of: first, &parents), root(of: second, &parents))
    parents[Int(max(first, second))] = min(first, second)
    return min(first, second)
  }
}

import Files
import Images

/// The meaning of the values of all masks, by the user's choice, by names and folders, or by the
/// content of some of the masks.
struct MaskMeaning: Sendable {
  /// The number of masks examined before the reading.
  private static let sampleCount = 6

  /// The reason why values are classes; nil if they are instances.
  private(set) var reasonForClasses: String?
  /// Whether each connected region of a class is an object.
  private(set) var splitsRegions = false
  /// Whether grey levels may be the soft edges of shapes.
  private(set) var mayBeSoft = true
  /// Whether most masks have soft edges, so that those without are read alike.
  private(set) var isSoft = false
  /// Whether no examined mask has two values.
  private(set) var isBinary = true

  var areClasses: Bool { reasonForClasses != nil }

  var notes: [String] {
    guard let reasonForClasses, !splitsRegions else { return [] }
    return [
      "the values of the masks are classes (\(reasonForClasses)): all of a class on an image is one "
        + "object; --masks classes makes one of each connected region, --masks instances makes each "
        + "value an object of its own"
    ]
  }

  init(of pairs: MaskPairs, _ classFiles: MaskClassFiles, options: ImportOptions) {
    if options.maskValues == .instances {
      mayBeSoft = false
      return
    }
    let masks = pairs.pictures.flatMap(\.masks)
    let step = max(masks.count / Self.sampleCount, 1)
    let samples = stride(from: 0, to: masks.count, by: step).prefix(Self.sampleCount)
      .compactMap { MaskSample(masks[$0], classFiles) }.filter { !$0.values.isEmpty }
    let union = Set(samples.flatMap(\.values))
    isBinary = union.count <= 1
    isSoft = samples.count { $0.isSoft } * 2 > samples.count
    if options.maskValues == .classes {
      reasonForClasses = "--masks classes says"
      splitsRegions = true
    } else if !isSoft {
      reasonForClasses = Self.reason(pairs, samples, union)
    }
  }

  private static func reason(
    _ pairs: MaskPairs, _ samples: [MaskSample], _ union: Set<UInt32>
  ) -> String? {
    guard !samples.isEmpty, !samples.contains(where: { $0.mask.classPath != nil || $0.isSoft })
    else { return nil }
    if pairs.areOfClasses { return "the name of their folder says" }
    if let source = samples.first?.source, samples.allSatisfy(\.isNamed) {
      return "\(source) names them"
    }
    // A folder for each class, or a single value, says nothing of the values.
    guard union.count > 1, samples.allSatisfy({ $0.mask.label == nil && $0.source == nil }) else {
      return nil
    }
    let valueCount = samples.reduce(0) { $0 + $1.values.count }
    let regionCount = samples.reduce(0) { $0 + $1.regionCount }
    if samples.count >= 2, regionCount >= valueCount * 4 {
      return "\(regionCount / valueCount) separate regions share a value on average"
    }
    // Objects are numbered one after the other on each picture, but for those that others cover; the
    // numbers of tracks recur too, so that a value must have several regions besides.
    let counted = samples.count { $0.isCounted }
    if samples.count >= 3, valueCount >= union.count * 2, counted * 2 < samples.count,
      regionCount >= valueCount * 2
    {
      return "the same \(union.count) values recur on the images, each in several regions"
    }
    return nil
  }
}

/// The evidence of one mask for the meaning of its values.
private struct MaskSample {
  let mask: MaskedPicture.Mask
  /// The values of objects: neither 0, nor 255 beside others.
  let values: [UInt32]
  let isSoft: Bool
  /// The number of connected regions that are more than a speck, of all values.
  let regionCount: Int
  /// The file that names classes here.
  let source: String?
  /// Whether that file has all of the values.
  let isNamed: Bool

  /// Examines a mask; nil if it cannot be read.
  init?(_ mask: MaskedPicture.Mask, _ classFiles: MaskClassFiles) {
    guard let image = try? LabelImage.decode(path: mask.path) else { return nil }
    self.mask = mask
    let all = Set(image.pixelCounts.keys)
    let classes = classFiles.classes(of: mask.path)
    let isVoid = all.count > 1 && image.kind != .colour && classes?.name(of: 255, in: image) == nil
    let values = isVoid ? all.subtracting([255]) : all
    self.values = values.sorted()
    isSoft = SoftEdges(image) != nil
    source = classes?.source
    isNamed =
      classes.map { classes in
        values.allSatisfy { classes.name(of: $0, in: image) != nil }
      } ?? false
    guard !isSoft else {
      regionCount = values.count
      return
    }
    let regions = ConnectedRegions(image)
    var sizes = [Int](repeating: 0, count: regions.values.count + 1)
    for label in regions.labels { sizes[Int(label)] += 1 }
    regionCount = regions.values.indices.count {
      sizes[$0 + 1] >= 16 && values.contains(regions.values[$0])
    }
  }

  /// Whether the values are 1, 2, 3 … without a gap.
  var isCounted: Bool {
    values.indices.allSatisfy { values[$0] == UInt32($0 + 1) }
  }
}

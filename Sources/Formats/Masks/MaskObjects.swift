import COCO
import Files
import Images

/// The objects that one mask shows.
struct MaskObjects {
  /// One of them, with its value in the mask, or its number among the regions.
  struct Object {
    let label: String
    let mask: RunLengthMask
    let value: UInt32
  }

  private(set) var found: [Object] = []
  /// Whether 255 was treated as VOC's border.
  private(set) var hasVoid = false
  /// The number of regions of Cityscapes that are no objects.
  private(set) var regionCount = 0
  /// The number of values of a mask whose soft edges were cut.
  private(set) var softValues: Int?
  private(set) var unnamedCount = 0
  /// The reason why the mask of classes beside it was not used.
  private(set) var doubt: (kind: FaultKind, message: String)?

  private let reader: MaskReader
  private let mask: MaskedPicture.Mask
  private let classes: MaskClasses?

  /// Separates the objects of a mask.
  ///
  /// - Throws: `unsupported` for grey levels that merge into each other without a single shape.
  init(
    _ image: LabelImage, of mask: MaskedPicture.Mask, in reader: MaskReader
  ) throws(ImageError) {
    self.reader = reader
    self.mask = mask
    classes = reader.classFiles.classes(of: mask.path)
    let meaning = reader.meaning
    if meaning.mayBeSoft, let soft = SoftEdges(image) {
      guard soft.cores.count == 1 else {
        throw .unsupported(
          "expected objects or classes, found \(soft.valueCount) grey values that run into each "
            + "other, as in a mask that was scaled or blurred (--masks instances makes each an "
            + "object)")
      }
      softValues = soft.valueCount
      addShapes(of: image) { soft.shape($0) }
    } else if meaning.isSoft {
      // Its fellows have soft edges: a shape on the pixels' grid has none.
      addShapes(of: image) { $0 == 0 ? 0 : 1 }
    } else if meaning.splitsRegions {
      addRegions(of: image)
    } else {
      addValues(of: image)
    }
  }

  private mutating func addShapes(of image: LabelImage, shape: (UInt32) -> UInt32) {
    let label =
      mask.label ?? classes.flatMap { $0.names.count == 1 ? $0.names.first : nil } ?? reader.label
    let regions = ConnectedRegions(image, value: shape)
    found = RunLengthMask.masks(
      ofLabels: regions.labels, width: image.width, height: image.height
    ).map { Object(label: label, mask: $0.mask, value: $0.value) }
  }

  private mutating func addRegions(of image: LabelImage) {
    let regions = ConnectedRegions(image)
    let values = Set(regions.values)
    for (number, region) in RunLengthMask.masks(
      ofLabels: regions.labels, width: image.width, height: image.height)
    {
      let value = regions.values[Int(number) - 1]
      guard !isVoid(value, beside: values.count - 1, in: image),
        let label = className(of: value, in: image)
      else { continue }
      found.append(Object(label: label, mask: region, value: value))
    }
  }

  private mutating func addValues(of image: LabelImage) {
    let masks = RunLengthMask.masks(
      ofLabels: image.values, width: image.width, height: image.height)
    let isCityscapes = MaskSuffix.isCityscapes(
      Path.withoutExtension(Path.name(of: mask.path)))
    regionCount = isCityscapes ? masks.prefix { $0.value < 1000 }.count : 0
    let instanceLabels = reader.meaning.areClasses ? nil : classLabels(of: image)
    for (value, region) in masks.dropFirst(regionCount) {
      guard !isVoid(value, beside: masks.count - 1, in: image) else { continue }
      if reader.meaning.areClasses {
        guard let label = className(of: value, in: image) else { continue }
        found.append(Object(label: label, mask: region, value: value))
      } else {
        let label = mask.label ?? instanceLabels?[value] ?? reader.label
        found.append(Object(label: label, mask: region, value: value))
      }
    }
  }

  /// Returns whether a value is the border around objects. Alone, 255 is the white of a mask of
  /// black and white.
  private mutating func isVoid(
    _ value: UInt32, beside others: Int, in image: LabelImage
  ) -> Bool {
    let isClass = reader.meaning.areClasses && image.kind == .grey && classes != nil
    guard value == 255, others > 0, image.kind == .palette || isClass,
      classes?.name(of: value, in: image) == nil
    else { return false }
    hasVoid = true
    return true
  }

  /// Returns the class of a value; nil for the background.
  private mutating func className(of value: UInt32, in image: LabelImage) -> String? {
    if let label = mask.label { return label }
    if let name = classes?.name(of: value, in: image) {
      return MaskClasses.isBackground(name) ? nil : name
    }
    if classes == nil {
      if reader.meaning.areClasses, reader.meaning.isBinary { return reader.label }
      if let given = reader.options.classNames, given.count > 1, value <= given.count {
        return given[Int(value) - 1]
      }
      if reader.usesVOCNames, MaskClasses.hasVOCPalette(image) {
        if let name = MaskClasses.voc.name(of: value, in: image) { return name }
      }
    }
    unnamedCount += 1
    return image.className(of: value)
  }

  /// Returns the class of each value by most of its pixels in the mask of classes beside it; nil if
  /// there is none that can be used.
  private mutating func classLabels(of image: LabelImage) -> [UInt32: String]? {
    guard let path = mask.classPath else { return nil }
    do throws(ImageError) {
      let other = try LabelImage.decode(path: path)
      guard other.width == image.width, other.height == image.height else {
        doubt = (
          .imageSizeMismatch,
          "the mask of classes is \(other.width)×\(other.height), that of objects "
            + "\(image.width)×\(image.height), so it is not used"
        )
        return nil
      }
      return labels(of: image, by: other)
    } catch {
      doubt = (.unreadableImage, "the mask of classes is not used: \(error)")
      return nil
    }
  }

  private mutating func labels(of image: LabelImage, by other: LabelImage) -> [UInt32: String] {
    var counts: [UInt32: [UInt32: Int]] = [:]
    let border: UInt32? =
      other.kind == .palette && classes?.name(of: 255, in: other) == nil ? 255 : nil
    for (value, kind) in zip(image.values, other.values)
    where value != 0 && kind != 0 && kind != border {
      counts[value, default: [:]][kind, default: 0] += 1
    }
    return counts.compactMapValues { kinds in
      let kind = kinds.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      return kind.flatMap { className(of: $0, in: other) }
    }
  }
}

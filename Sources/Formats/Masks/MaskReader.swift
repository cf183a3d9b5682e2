import COCO
import Files
import Images

/// A reader that makes an image with annotations from its masks.
struct MaskReader: Sendable {
  /// The results for one image.
  struct Part: Sendable {
    var batch = PictureBatch()
    var objectCount = 0
    /// The number of masks in which the value 255 was treated as VOC's border.
    var voidCount = 0
    /// The number of regions of Cityscapes that are no objects.
    var regionCount = 0
    /// The number of masks whose soft edges were cut, and the most values that one of them has.
    var softCount = 0
    var mostSoftValues = 0
    /// The number of objects whose value, or colour, has no name if others have one.
    var unnamedCount = 0
  }

  /// An object, with the mask file that shows it.
  private struct Instance {
    let label: String
    let mask: RunLengthMask
    let value: UInt32
    let file: Int
  }

  let options: ImportOptions
  let meaning: MaskMeaning
  let classFiles: MaskClassFiles
  /// The class of objects whose mask names none.
  let label: String
  /// Whether VOC's palette names the classes of masks that no file names.
  let usesVOCNames: Bool

  /// Reads the image's masks, the first of which is the file `source`.
  func read(_ masked: MaskedPicture, source: Int) -> Part {
    var part = Part()
    part.batch.read.images = 1
    var instances: [Instance] = []
    var size: ImageSize?
    var fault: Finding?
    for (index, mask) in masked.masks.enumerated() {
      let origin = Origin(file: source + index, offset: 0)
      do throws(ImageError) {
        let image = try LabelImage.decode(path: mask.path)
        let own = ImageSize(width: image.width, height: image.height)
        if let size, PictureSizer(options).refuses(own, beside: size) {
          fault = fault ?? differingMasks(size, own, at: origin)
        }
        size = size ?? own
        let kind = try MaskObjects(image, of: mask, in: self)
        instances += kind.found.map {
          Instance(label: $0.label, mask: $0.mask, value: $0.value, file: source + index)
        }
        part.add(kind)
        if let doubt = kind.doubt {
          part.batch.findings.append(
            Finding(doubt.kind, severity: .warning, doubt.message, at: origin))
        }
      } catch {
        let place = Origin(file: source + index, offset: error.offset ?? 0)
        fault = fault ?? Finding(.unreadableImage, "the mask: \(error)", at: place)
      }
    }
    part.objectCount = instances.count
    part.batch.read.annotations = instances.count
    let origin = Origin(file: source, offset: 0)
    var header: Result<ImageHeader, ImageError>?
    if fault == nil, let size {
      if masked.isFound {
        header = Result { () throws(ImageError) in try ImageHeader.read(path: masked.path) }
      }
      fault = misfit(of: size, on: masked, header, at: origin, &part.batch)
    }
    if let fault {
      reject(masked, instances, fault, source: source, &part.batch)
    } else if let size {
      var picture = picture(masked, instances, size, at: origin, &part.batch.labels)
      picture.header = try? header?.get()
      part.batch.pictures = [picture]
    }
    return part
  }

  /// Describes why the mask cannot be one of the image; returns nil if it can. Other faults of the
  /// image are noted.
  ///
  /// - Parameter header: The image's header; nil if no image was found.
  private func misfit(
    of size: ImageSize, on masked: MaskedPicture, _ header: Result<ImageHeader, ImageError>?,
    at origin: Origin, _ batch: inout PictureBatch
  ) -> Finding? {
    let name = Path.name(of: masked.path)
    guard let header else {
      if options.knownSizes[name] == nil {
        let message = "this mask has no image, expected one called \(name)"
        batch.find(.missingImageFile, message, at: origin)
      }
      return nil
    }
    if masked.ignoresCase {
      batch.find(
        .nameMatchedLoosely, "matched ignoring letter case with \(name)", at: origin)
    }
    let located = ImageLocator.Located(path: masked.path, match: .exact, header: header)
    var findings: [Finding] = []
    let claim = PictureSizer.Claim(name: name, origin: origin, size: size)
    let settled = PictureSizer(options).size(claim, located, findings: &findings)
    guard let settled, settled != size else {
      batch.findings += findings
      return nil
    }
    batch.findings += findings.filter { $0.kind != .imageSizeMismatch }
    return misfit(of: size, on: settled, at: origin)
  }

  private func misfit(of size: ImageSize, on picture: ImageSize, at origin: Origin) -> Finding {
    let isTurned = size == ImageSize(width: picture.height, height: picture.width)
    return Finding(
      .imageSizeMismatch,
      "the mask is \(size.width)×\(size.height), the image \(picture.width)×\(picture.height)"
        + (isTurned ? " (--exif selects whether a rotated image is read as shown)" : ""), at: origin
    )
  }

  private func differingMasks(_ first: ImageSize, _ other: ImageSize, at origin: Origin) -> Finding
  {
    Finding(
      .imageSizeMismatch,
      "the image's first mask is \(first.width)×\(first.height), "
        + "this one \(other.width)×\(other.height)", at: origin)
  }

  private func picture(
    _ masked: MaskedPicture, _ instances: [Instance], _ size: ImageSize, at origin: Origin,
    _ labels: inout LabelTable
  ) -> Picture {
    let annotations = instances.map { instance in
      Annotation(
        id: 0, imageID: 0, categoryID: labels.index(of: instance.label),
        box: instance.mask.boundingBox, area: Double(instance.mask.area),
        segmentation: .compressedRunLengths(instance.mask),
        origin: Origin(file: instance.file, offset: 0))
    }
    let image = Image(
      id: 0, fileName: "", width: size.width, height: size.height, origin: origin)
    return Picture(path: masked.path, image: image, annotations: annotations)
  }

  private func reject(
    _ masked: MaskedPicture, _ instances: [Instance], _ fault: Finding, source: Int,
    _ batch: inout PictureBatch
  ) {
    batch.rejections.append(Rejection(.image, fault, record: masked.masks[0].path))
    for instance in instances {
      var finding = fault
      finding.origin = Origin(file: instance.file, offset: 0)
      let path = masked.masks[instance.file - source].path
      batch.rejections.append(
        Rejection(
          .annotation, finding, record: "\(path) value \(instance.value)", followsPicture: true))
    }
  }
}

extension MaskReader.Part {
  fileprivate mutating func add(_ objects: MaskObjects) {
    voidCount += objects.hasVoid ? 1 : 0
    regionCount += objects.regionCount
    unnamedCount += objects.unnamedCount
    if let values = objects.softValues {
      softCount += 1
      mostSoftValues = max(mostSoftValues, values)
    }
  }
}

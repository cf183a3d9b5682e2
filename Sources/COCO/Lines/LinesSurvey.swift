import Files

/// The facts about a file of lines as a whole that its windows need to be read one by one: from
/// reading it once without keeping its records.
///
/// Memory grows with the number of images by 16 bytes each, to find those that stand in several
/// folders, and with ids only as far as they are not consecutive.
public struct LinesSurvey: Sendable {
  /// The dataset without its images and annotations, and what is noted about its categories.
  public private(set) var frame = COCOContents.none
  /// The number of images that can be read.
  public private(set) var images = 0
  /// The number of annotations, those included that cannot be read.
  public private(set) var annotations = 0
  /// Images from all over the file.
  public private(set) var sample = SpreadSample<Image>()
  /// The ids of the categories of all annotations.
  public private(set) var usedCategories: Set<Int> = []
  /// Whether images in different folders have the same name.
  public private(set) var repeatsNames = false
  /// Whether an image may be there twice with the same boxes.
  public private(set) var mayRepeatImages = false
  /// Whether annotations have no id of their own.
  public private(set) var lacksIDs = false
  /// The highest id of an annotation.
  private(set) var highestID = 0
  private var isPlain = true
  private var hasObjects = false

  /// Whether the windows of the file, read one by one, say what the file as a whole does. Not so if
  /// ids are words or repeated, annotations refer to images on other lines, or there are no
  /// categories or no objects.
  public var isDivisible: Bool {
    isPlain && images > 0 && frame.met.categories > 0 && (hasObjects || annotations == 0)
      && !(lacksIDs && highestID > Int.max / 2)
  }

  /// Surveys a file.
  ///
  /// - Throws: A `FileError`, or a `JSONDocumentReader.Fault` for a file that holds no lines.
  init(_ file: InputFile, source: Int, _ reader: COCOReader) async throws {
    var collector = COCOCollector(expectedBytes: 0, source: source)
    var ids = (images: IDRuns(), annotations: IDRuns())
    var strays: Set<Int> = []
    var looks = ImageLooks()
    let (manner, needsFileNames) = (reader.manner, reader.needsFileNames)
    let lines = JSONLineReader(file: file, tasks: reader.tasks, sizes: reader.sizes) {
      SurveyedLineDecoder(
        PictureLineDecoder(
          source: source, needsFileName: needsFileNames, keepsDetections: false, manner))
    }
    try await lines.read(from: try file.startOfLines()) { batch in
      collector.categories(batch.categories)
      for member in batch.members { _ = collector.take(member.name, member.value, at: 0) }
      images += batch.images.count
      annotations += batch.annotations
      for image in batch.images { sample.add(image) }
      ids.images.insert(batch.images.map(\.id))
      ids.annotations.insert(batch.annotationIDs)
      strays.formUnion(batch.strays)
      usedCategories.formUnion(batch.usedCategories)
      highestID = max(highestID, batch.highestID)
      lacksIDs = lacksIDs || batch.lacksIDs
      hasObjects = hasObjects || batch.hasObjects
      isPlain = isPlain && !batch.holdsWords && batch.categories.namedIDs.isEmpty
      looks.add(batch.looks)
    }
    frame = collector.finish()
    ids.images.settle()
    ids.annotations.settle()
    isPlain =
      isPlain && !ids.images.hasRepeated && !ids.annotations.hasRepeated
      && !strays.contains { ids.images.contains($0) }
    repeatsNames = looks.repeatsNames
    mayRepeatImages = looks.mayRepeatImages
  }
}

extension COCOContents {
  static let none = COCOContents(
    dataset: Dataset(), findings: [], rejections: [], met: Met(), imageRepairs: [:],
    annotationRepairs: [:], unnumbered: [])
}

/// The content of a part of a file of lines, without its annotations.
private struct SurveyedLines: Sendable {
  var images: [Image]
  /// The number of annotations.
  var annotations: Int
  var annotationIDs: [Int] = []
  /// The ids of images that annotations refer to and that are not in this part.
  var strays: Set<Int> = []
  var usedCategories: Set<Int> = []
  var highestID = 0
  var lacksIDs: Bool
  var hasObjects = false
  var holdsWords: Bool
  var looks = ImageLooks()
  var categories: RecordBatch<Category>
  var members: [PictureLines.Member]

  init(_ lines: consuming PictureLines) {
    images = lines.images.records
    categories = lines.categories
    members = lines.members
    lacksIDs = lines.annotations.lacksIDs
    holdsWords = !lines.images.namedIDs.isEmpty || !lines.annotations.namedIDs.isEmpty
    annotations = lines.annotations.met
    for case .number(let id)? in lines.annotations.rejectedIDs.map(\.id) {
      highestID = max(highestID, id)
    }
    var records: [Annotation] = []
    lines.annotations.add(to: &records)
    survey(records)
  }

  private mutating func survey(_ records: [Annotation]) {
    let index = IDIndex(images.map(\.id))
    var boxes = [ImageLooks.Boxes](repeating: ImageLooks.Boxes(), count: images.count)
    annotationIDs.reserveCapacity(records.count)
    records.withUnsafeBufferPointer { records in
      for position in records.indices {
        let id = records[position].id
        if id != AnnotationDecoder.unnumbered {
          annotationIDs.append(id)
          highestID = max(highestID, id)
        }
        if let category = records[position].categoryID {
          usedCategories.insert(category)
          hasObjects =
            hasObjects || records[position].box != nil || records[position].segmentation != nil
        }
        if let image = index.position(of: records[position].imageID) {
          boxes[image].add(records[position].box, hasCategory: records[position].categoryID != nil)
        } else {
          strays.insert(records[position].imageID)
        }
      }
    }
    for (image, boxes) in zip(images, boxes) { looks.add(image.fileName, boxes) }
  }
}

private struct SurveyedLineDecoder: JSONElementDecoder {
  private var lines: PictureLineDecoder

  init(_ lines: PictureLineDecoder) {
    self.lines = lines
  }

  mutating func expect(controls: [(offset: Int, byte: UInt8)]) { lines.expect(controls: controls) }

  mutating func decode(_ element: JSONNode, base: Int) { lines.decode(element, base: base) }

  mutating func reject(_ raw: String, at offset: Int, reason: String) {
    lines.reject(raw, at: offset, reason: reason)
  }

  mutating func find(_ message: String, at offset: Int) { lines.find(message, at: offset) }

  consuming func finish() -> SurveyedLines { SurveyedLines(lines.finish()) }
}

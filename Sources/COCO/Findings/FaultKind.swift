/// A kind of fault, by the one name under which every verb reports it.
///
/// A case is all that there is of a fault's name: its id is the case's name in kebab case. Readers,
/// rules, metrics and the engine make findings of these, and each has an explanation in
/// `Linting/Rules`.
public enum FaultKind: String, CaseIterable, Sendable {
  case ambiguousUnits
  case areaMismatch
  case badIscrowd
  case blankPaddedName
  case blurredImage
  case boxConvention
  case boxOutsideImage
  case boxPastEdge
  case brightImage
  case categoryIDsNotContiguous
  case categoryImbalance
  case categoryMissingInSplit
  case categoryNameVariants
  case categoryZero
  case conflictingLabels
  case corruptImage
  case countMismatch
  case crowdWithoutRLE
  case darkImage
  case deadGradient
  case degenerateForModel
  case deletedObject
  case difficultObject
  case duplicateAnnotationID
  case duplicateBox
  case duplicateCategoryID
  case duplicateCategoryName
  case duplicateFileName
  case duplicateImageID
  case emptyMask
  case emptyName
  case emptySegmentation
  case emptyTable
  case exactDuplicateImage
  case exifOrientation
  case extremeAspectRatio
  case farFromCategoryMean
  case filenameStemMismatch
  case forbiddenMarkup
  case foreignAbsolutePath
  case gappyNamesMap
  case hugeBox
  case idTypeMismatch
  case imageOutOfRange
  case imageSizeMismatch
  case imageWithoutAnnotations
  case imageWithoutLabelFile
  case invalidVisibility
  case invertedBox
  case keypointCountMismatch
  case keypointOutsideImage
  case keypointsWrongLength
  case labelOutOfRange
  case labelWithoutImage
  case likelyBadLocation
  case likelyMissingLabel
  case likelyWrongLabel
  case lowInformationImage
  case malformedFile
  case malformedValue
  case maskOutsideBox
  case missingArea
  case missingBox
  case missingField
  case missingImageFile
  case missingIscrowd
  case missingKeypointCount
  case nameMatchedLoosely
  case nearDuplicateImage
  case noMatchingAnchor
  case nonBinaryMask
  case nonFiniteBox
  case nonFiniteImage
  case nonFiniteLoss
  case nonFiniteValue
  case nonIntegerID
  case nonPortableFileName
  case normalisedBox
  case notInstances
  case notLearnt
  case oddPolygon
  case pixelConventionEvidence
  case polygonOutsideBox
  case polygonTooShort
  case pyramidLevelImbalance
  case rareCategory
  case rleSizeMismatch
  case rootCategory
  case sameFolderSplits
  case selfIntersectingPolygon
  case splitDistributionDrift
  case splitLeakage
  case suppressedByNeighbour
  case targetDiffers
  case tinyBox
  case tinyImage
  case tooManyObjects
  case truncatedImage
  case unexpectedChannels
  case unitArea
  case unknownCategory
  case unknownFieldCount
  case unknownImage
  case unnormalisedCoordinates
  case unreadableFile
  case unreadableFolder
  case unreadableImage
  case unsafeFileName
  case unsortedNamesMap
  case unsupportedEncoding
  case unusedCategory
  case unwritableRecord
  case vanishesWhenResized
  case wrongDtype
  case wrongShape
  case zeroAnnotationID
  case zeroAreaBox
  case zeroImageSize

  /// The name in kebab case: `boxOutsideImage` is `box-outside-image`.
  public var id: String { Self.ids[self] ?? rawValue }

  /// Creates the kind of this id; nil if none has it.
  public init?(id: String) {
    guard let kind = Self.kinds[id] else { return nil }
    self = kind
  }

  private static let ids = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, kebabCase($0.rawValue)) })
  private static let kinds = Dictionary(uniqueKeysWithValues: ids.map { ($1, $0) })

  /// Returns a name in kebab case: `crowdWithoutRLE` becomes `crowd-without-rle`,
  /// `categoryIDsNotContiguous` `category-ids-not-contiguous`.
  static func kebabCase(_ name: String) -> String {
    let letters = Array(name)
    var id = ""
    for (index, letter) in letters.enumerated() {
      if index > 0, letter.isUppercase, begins(index, letters) { id += "-" }
      id += letter.lowercased()
    }
    return id
  }

  /// Returns whether the capital at `index` begins a word: after a small letter, or before one
  /// within capitals, except for the s of a plural.
  private static func begins(_ index: Int, _ letters: [Character]) -> Bool {
    if !letters[index - 1].isUppercase { return true }
    guard index + 1 < letters.count, !letters[index + 1].isUppercase else { return false }
    let isPlural =
      letters[index + 1] == "s" && (index + 2 == letters.count || letters[index + 2].isUppercase)
    return !isPlural
  }
}

extension FaultKind {
  /// The severity of a finding of this kind, unless the finding or the user sets another.
  public var severity: Finding.Severity {
    switch self {
    case .blurredImage, .brightImage, .categoryIDsNotContiguous, .categoryImbalance, .darkImage,
      .deletedObject, .difficultObject, .farFromCategoryMean, .foreignAbsolutePath, .hugeBox,
      .imageWithoutAnnotations, .imageWithoutLabelFile, .lowInformationImage, .nearDuplicateImage,
      .nonPortableFileName, .pixelConventionEvidence, .pyramidLevelImbalance, .rootCategory,
      .splitDistributionDrift, .suppressedByNeighbour, .tooManyObjects, .unexpectedChannels,
      .unsortedNamesMap, .unusedCategory:
      .information
    case .ambiguousUnits, .areaMismatch, .blankPaddedName, .boxPastEdge, .categoryMissingInSplit,
      .categoryNameVariants, .categoryZero, .conflictingLabels, .crowdWithoutRLE, .duplicateBox,
      .duplicateCategoryName, .emptySegmentation, .emptyTable, .exactDuplicateImage,
      .exifOrientation, .extremeAspectRatio, .filenameStemMismatch, .idTypeMismatch,
      .imageOutOfRange, .keypointCountMismatch, .keypointOutsideImage, .likelyBadLocation,
      .likelyMissingLabel, .likelyWrongLabel, .maskOutsideBox, .missingArea, .missingIscrowd,
      .missingKeypointCount, .nameMatchedLoosely, .noMatchingAnchor, .notLearnt,
      .polygonOutsideBox, .rareCategory, .selfIntersectingPolygon, .tinyBox, .tinyImage,
      .unitArea, .vanishesWhenResized:
      .warning
    case .badIscrowd, .boxConvention, .boxOutsideImage, .corruptImage, .countMismatch,
      .deadGradient, .degenerateForModel, .duplicateAnnotationID, .duplicateCategoryID,
      .duplicateFileName, .duplicateImageID, .emptyMask, .emptyName, .forbiddenMarkup,
      .gappyNamesMap, .imageSizeMismatch, .invalidVisibility, .invertedBox, .keypointsWrongLength,
      .labelOutOfRange, .labelWithoutImage, .malformedFile, .malformedValue, .missingBox,
      .missingField, .missingImageFile, .nonBinaryMask, .nonFiniteBox, .nonFiniteImage,
      .nonFiniteLoss, .nonFiniteValue, .nonIntegerID, .normalisedBox, .notInstances, .oddPolygon,
      .polygonTooShort, .rleSizeMismatch, .sameFolderSplits, .splitLeakage, .targetDiffers,
      .truncatedImage, .unknownCategory, .unknownFieldCount, .unknownImage,
      .unnormalisedCoordinates, .unreadableFile, .unreadableFolder, .unreadableImage,
      .unsafeFileName, .unsupportedEncoding, .unwritableRecord, .wrongDtype, .wrongShape,
      .zeroAnnotationID, .zeroAreaBox, .zeroImageSize:
      .error
    }
  }
}

/// What a split holds, in numbers. Every annotation counts as an object, crowd regions too.
public struct SplitStatistics: Sendable, Equatable {
  /// A category with its objects and the images that they are on.
  public struct CategoryCount: Sendable, Equatable {
    public var name: String
    public var objects = 0
    public var images = 0
  }

  /// Objects by area as COCO's evaluation parts them: the annotation's `area`, else its box's.
  public struct Sizes: Sendable, Equatable {
    /// Below 32² pixels.
    public var small = 0
    /// From 32² to below 96² pixels.
    public var medium = 0
    /// From 96² pixels on.
    public var large = 0
    /// Without a usable area.
    public var unknown = 0
  }

  /// Two categories that occur on the same images, by their positions, the smaller one first.
  public struct Pair: Sendable, Equatable {
    public var first: Int
    public var second: Int
    public var images: Int
  }

  /// Where the extents of boxes lie; nil where there are none.
  public struct Extents: Sendable, Equatable {
    /// Pixels.
    public var width: Quantiles?
    /// Pixels.
    public var height: Quantiles?
    /// Parts of the picture's width.
    public var relativeWidth: Quantiles?
    /// Parts of the picture's height.
    public var relativeHeight: Quantiles?
    /// Width by height.
    public var aspectRatio: Quantiles?
  }

  /// What annotations have and lack.
  public struct Forms: Sendable, Equatable {
    public var crowds = 0
    public var polygons = 0
    public var runLengths = 0
    /// With at least one keypoint that is labelled.
    public var keypoints = 0
    public var withoutBox = 0
    /// Boxes that are not finite or have no extent; they are in no distribution.
    public var withoutExtent = 0
    /// Captions, for instance.
    public var withoutCategory = 0
    /// Whose category does not exist.
    public var unknownCategory = 0
    /// Whose image does not exist.
    public var unknownImage = 0
  }

  /// The split's name; nil where it has none, and for all splits together.
  public var name: String?
  public var images = 0
  public var annotations = 0
  /// Every category of every split by name, in the order in which they are listed.
  public var categories: [CategoryCount] = []
  public var forms = Forms()
  public var sizes = Sizes()
  public var areas = AreaHistogram()
  public var objectsPerImage = CountHistogram([:])
  public var extents = Extents()
  public var aspectRatios = RatioHistogram()
  public var grid = ExtentGrid()
  public var centres = CentreGrid()
  /// The most frequent first, at most 100.
  public var pairs: [Pair] = []
  public var pictures = PictureSizes([:])

  public var imagesWithoutObjects: Int {
    objectsPerImage.bins.first { $0.range == 0...0 }?.count ?? 0
  }

  public var categoriesWithoutObjects: Int { categories.count { $0.objects == 0 } }
}

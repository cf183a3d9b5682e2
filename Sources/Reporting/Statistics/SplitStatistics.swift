/// The statistics of a split. Every annotation counts as an object, crowd regions too.
public struct SplitStatistics: Sendable, Equatable {
  /// The number of objects of a category and of the images that they are on.
  public struct CategoryCount: Sendable, Equatable {
    /// The name of the category.
    public var name: String
    /// The number of objects.
    public var objects = 0
    /// The number of images with at least one of them.
    public var images = 0
  }

  /// The numbers of objects by area as COCO's evaluation divides them: by the annotation's `area`,
  /// or else its box's.
  public struct Sizes: Sendable, Equatable {
    /// The number of objects below 32² square pixels.
    public var small = 0
    /// The number of objects from 32² to below 96² square pixels.
    public var medium = 0
    /// The number of objects of 96² square pixels or more.
    public var large = 0
    /// The number of objects without a usable area.
    public var unknown = 0
  }

  /// Two categories that occur on the same images.
  public struct Pair: Sendable, Equatable {
    /// The position of one category in `categories`, the smaller one.
    public var first: Int
    /// The position of the other category in `categories`.
    public var second: Int
    /// The number of images with both.
    public var images: Int
  }

  /// The distributions of the extents of boxes; nil if there are none.
  public struct Extents: Sendable, Equatable {
    /// The widths in pixels.
    public var width: Quantiles?
    /// The heights in pixels.
    public var height: Quantiles?
    /// The widths in parts of the image's width.
    public var relativeWidth: Quantiles?
    /// The heights in parts of the image's height.
    public var relativeHeight: Quantiles?
    /// The ratios of width to height.
    public var aspectRatio: Quantiles?
  }

  /// The numbers of annotations with and without certain parts.
  public struct Forms: Sendable, Equatable {
    /// The number of crowd regions.
    public var crowds = 0
    /// The number of annotations with polygons.
    public var polygons = 0
    /// The number of annotations with run lengths.
    public var runLengths = 0
    /// The number of annotations with at least one labelled keypoint.
    public var keypoints = 0
    /// The number of annotations without a box.
    public var withoutBox = 0
    /// The number of boxes that are not finite or have no extent; they are in no distribution.
    public var withoutExtent = 0
    /// The number of annotations without a category, for example captions.
    public var withoutCategory = 0
    /// The number of annotations whose category does not exist.
    public var unknownCategory = 0
    /// The number of annotations whose image does not exist.
    public var unknownImage = 0
  }

  /// The split's name; nil if it has none, and for all splits together.
  public var name: String?
  /// The number of images.
  public var images = 0
  /// The number of annotations.
  public var annotations = 0
  /// The categories of all splits by name, in the order in which they are listed.
  public var categories: [CategoryCount] = []
  /// The numbers of annotations with and without certain parts.
  public var forms = Forms()
  /// The numbers of objects by COCO's sizes.
  public var sizes = Sizes()
  /// The histogram of the objects' areas.
  public var areas = AreaHistogram()
  /// The histogram of the number of objects on an image.
  public var objectsPerImage = CountHistogram([:])
  /// The distributions of the boxes' extents.
  public var extents = Extents()
  /// The histogram of the boxes' ratios of width to height.
  public var aspectRatios = RatioHistogram()
  /// The numbers of boxes by relative width and height.
  public var grid = ExtentGrid()
  /// The numbers of boxes by their relative centre.
  public var centres = CentreGrid()
  /// The pairs of categories on the same images, the most frequent first, at most 100.
  public var pairs: [Pair] = []
  /// The sizes of the images.
  public var pictures = PictureSizes([:])

  /// The number of images without objects.
  public var imagesWithoutObjects: Int {
    objectsPerImage.bins.first { $0.range == 0...0 }?.count ?? 0
  }

  /// The number of categories without objects.
  public var categoriesWithoutObjects: Int { categories.count { $0.objects == 0 } }
}

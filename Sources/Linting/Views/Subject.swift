public import COCO

/// Everything that rules judge: all splits, and what is known of their pictures.
public struct Subject: Sendable {
  public var datasets: [Dataset]
  /// What was measured of the pictures, by dataset and by image; empty where nobody looked, nil
  /// where a picture is not there or cannot be read.
  public var pictures: [[PictureFacts?]]

  public init(_ datasets: [Dataset], pictures: [[PictureFacts?]] = []) {
    self.datasets = datasets
    self.pictures = pictures
  }
}

import COCO
import Files

/// Tells masks from pictures among the image files of the inputs.
enum ImageRoles {
  /// Masks are what lies in folders for them; where there are none, what is named as the mask of a
  /// picture, then what is the PNG beside a picture of the same name. With a folder of pictures
  /// given, every other PNG is one.
  static func sorted(
    _ inputs: [InputTree], imagesFolder: String?
  ) throws(FileError) -> (masks: [RolePath], pictures: [RolePath]) {
    let images = inputs.flatMap { RolePath.images(in: $0) }
    let masks = images.filter { $0.role == .masks }
    if let imagesFolder {
      let tree = try InputTree(imagesFolder)
      let pictures = pictures(among: RolePath.images(tree.files, below: imagesFolder))
      let paths = Set(pictures.map { Path.normalized($0.path) })
      let others = images.filter { $0.isPNG && !paths.contains(Path.normalized($0.path)) }
      return (masks.isEmpty ? others : masks, pictures)
    }
    let pictures = pictures(among: images)
    return masks.isEmpty ? unnamed(pictures) : (masks, pictures)
  }

  private static func pictures(among images: [RolePath]) -> [RolePath] {
    let named = images.filter { $0.role == .pictures }
    return named.isEmpty ? images.filter { $0.role == nil } : named
  }

  private static func unnamed(_ images: [RolePath]) -> (masks: [RolePath], pictures: [RolePath]) {
    let isCandidate = images.contains { $0.isPNG && MaskSuffix.removed(from: $0.stem) != nil }
    let isMixed = images.contains(where: \.isPNG) && images.contains { !$0.isPNG }
    guard isCandidate || isMixed else { return ([], images) }
    let places = Set(
      images.flatMap { image in
        [image.stem, MaskSuffix.removedFromPicture(image.stem)].compactMap(\.self)
          .map { place(image, $0) }
      })
    var isMask = images.map { image in
      image.isPNG
        && MaskSuffix.removed(from: image.stem).map { places.contains(place(image, $0)) } ?? false
    }
    if !isMask.contains(true) {
      let others = Set(images.filter { !$0.isPNG }.map { place($0, $0.stem) })
      isMask = images.map { $0.isPNG && others.contains(place($0, $0.stem)) }
    }
    let masks = images.indices.filter { isMask[$0] }.map { images[$0] }
    return (masks, images.indices.filter { !isMask[$0] }.map { images[$0] })
  }

  private static func place(_ image: RolePath, _ stem: String) -> String {
    Path.join(Path.folder(of: image.path), stem)
  }
}

import COCO

/// See `summary`.
struct NotInstances: ReadingRule {
  static let kind = FaultKind.notInstances
  static let summary = "a JSON file that contains something other than objects in images"
  static let explanation = """
    Files for other tasks share COCO's keys: panoptic segmentation keeps its objects in PNG files, \
    video has boxes for each frame, results have no images, and some programs wrap a dataset in a \
    key of their own. None of their records is an object that a detector can learn, so nothing is \
    read from the file. Captions are kept unchanged and only reported.
    """
  static let files = [
    FileExample.flags(
      "panoptic segmentation", "coco",
      .coco(
        #"{"image_id": 1, "file_name": "beach.png", "segments_info": [{"id": 7, "category_id": 1}]}"#
      ), .picture()),
    .flags(
      "boxes for each frame of a video", "coco",
      .text(
        "instances.json",
        """
        {
          "videos": [{"id": 1, "file_names": ["beach.png"], "width": 64, "height": 48}],
          "annotations": [{"id": 1, "video_id": 1, "category_id": 1, "bboxes": [[10, 8, 20, 20]]}],
          "categories": [{"id": 1, "name": "crab"}]
        }

        """), .picture()),
    .flags(
      "a dataset wrapped in a key", "coco",
      .text("instances.json", "{\"coco\": \(ExampleText.coco())}"), .picture()),
    .allows("objects", "coco", .coco(), .picture()),
  ]
}

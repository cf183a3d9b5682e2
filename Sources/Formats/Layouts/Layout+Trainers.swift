extension Layout {
  /// `images/SPLIT`, `labels/SPLIT` and `data.yaml` (docs.ultralytics.com/datasets/detect).
  static let ultralytics = Layout("ultralytics", .yolo, for: "Ultralytics") { set in
    let (task, model) =
      switch set.options.yoloRows {
      case .polygon: ("segment", "yolo11n-seg.pt")
      case .box: ("detect", "yolo11n.pt")
      }
    return "yolo \(task) train data=\(set.path("data.yaml")) model=\(model)"
  }

  /// `SPLIT/_annotations.coco.json` among the pictures, as Roboflow exports COCO and RF-DETR reads it.
  static let roboflow = Layout("roboflow", .coco, for: "RF-DETR") { options in
    options.cocoFiles = .roboflow
  } startLine: { set in
    "python -c \"from rfdetr import RFDETRNano; RFDETRNano().train(dataset_dir='\(set.folder)')\""
  }

  /// COCO as it is published, with the outlines and run lengths that torchvision's references need.
  static let torchvision = Layout("torchvision", .coco, for: "torchvision's references/detection") {
    options in
    options.cocoFiles = .published
    options.outlines = .box
    options.runs = .lists
  } startLine: { set in
    "python train.py --dataset coco --data-path \(set.path()) --model fasterrcnn_resnet50_fpn"
  }

  /// COCO as it is published.
  static let detectron2 = Layout("detectron2", .coco, for: "detectron2") { options in
    options.cocoFiles = .published
  } startLine: { set in
    "python -c \"from detectron2.data.datasets import register_coco_instances\""
  }

  /// COCO as it is published.
  static let mmdetection = Layout("mmdetection", .coco, for: "MMDetection") { options in
    options.cocoFiles = .published
  } startLine: { set in
    "python tools/train.py CONFIG --cfg-options train_dataloader.dataset.data_root=\(set.path())"
  }

  /// `SPLIT/metadata.jsonl` among the pictures, as `datasets` reads a folder of images.
  static let huggingface = Layout("huggingface", .huggingface, for: "Hugging Face transformers") {
    set in
    "python run_object_detection.py --dataset_name \(set.path())"
  }

  /// `VOCdevkit/VOC2012`, as the challenge published it.
  static let voc = Layout("voc", .voc, for: "torchvision.datasets.VOCDetection") { options in
    options.root = "VOCdevkit/VOC2012"
  } startLine: { set in
    "python -c \"import torchvision; torchvision.datasets.VOCDetection('\(set.folder)', '2012', 'train')\""
  }
}

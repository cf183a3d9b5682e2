extension Layout {
  /// `images/SPLIT`, `labels/SPLIT` and `data.yaml` (docs.ultralytics.com/datasets/detect).
  static let ultralytics = Layout("ultralytics", .yolo, for: "Ultralytics") { set in
    let (task, model) =
      switch set.options.yoloRows {
      case .polygon: ("segment", "yolo11n-seg.pt")
      case .box: ("detect", "yolo11n.pt")
      case .oriented: ("obb", "yolo11n-obb.pt")
      }
    return "yolo \(task) train data=\(set.path("data.yaml")) model=\(model)"
  }

  /// `SPLIT/_annotations.coco.json` among the pictures, as Roboflow exports COCO and RF-DETR reads it
  /// (`rfdetr/datasets/coco.py`).
  static let roboflow = Layout("roboflow", .coco, for: "RF-DETR") { options in
    options.cocoFiles = .roboflow
  } startLine: { set in
    let folder = set.python("")
    return set.python(
      running: "from rfdetr import RFDETRNano; RFDETRNano().train(dataset_dir=\(folder), epochs=10)")
  }

  /// COCO as it is published, with the outlines and run lengths that the references index
  /// (`references/detection/coco_utils.py` of pytorch/vision).
  static let torchvision = Layout("torchvision", .coco, for: "torchvision's references/detection") {
    options in
    options.cocoFiles = .published
    options.outlines = .box
    options.runs = .lists
  } startLine: { set in
    "python train.py --data-path \(set.path()) --dataset coco --model fasterrcnn_resnet50_fpn"
  }

  /// COCO as it is published, to be registered (`detectron2/data/datasets/coco.py`).
  static let detectron2 = Layout("detectron2", .coco, for: "detectron2") { options in
    options.cocoFiles = .published
  } startLine: { set in
    let register = ["train", "val"].map { split in
      let file = set.python("annotations/instances_\(split)2017.json")
      return "register('\(split)', {}, \(file), \(set.python("\(split)2017")))"
    }.joined(separator: "; ")
    return set.python(
      running: """
        from detectron2 import model_zoo; from detectron2.engine import DefaultTrainer; \
        from detectron2.data.datasets import register_coco_instances as register; \(register); \
        config = model_zoo.get_config('COCO-Detection/faster_rcnn_R_50_FPN_1x.yaml', True); \
        config.DATASETS.TRAIN, config.DATASETS.TEST = ('train',), ('val',); \
        config.MODEL.ROI_HEADS.NUM_CLASSES = \(set.classNames.count); \
        trainer = DefaultTrainer(config); trainer.resume_or_load(resume=False); trainer.train()
        """)
  }

  /// COCO as it is published, with the classes named on the line: `CocoDataset` looks for COCO's own else
  /// (`mmdet/datasets/coco.py`).
  static let mmdetection = Layout("mmdetection", .coco, for: "MMDetection") { options in
    options.cocoFiles = .published
  } startLine: { set in
    let classes = "(" + set.classNames.map { set.python(text: $0) + "," }.joined() + ")"
    var choices: [String] = []
    for part in ["train", "val", "test"] {
      choices.append("\(part)_dataloader.dataset.data_root=\(set.folder)/")
      choices.append("\(part)_dataloader.dataset.metainfo.classes=\(classes)")
    }
    for part in ["val", "test"] {
      choices.append(
        "\(part)_evaluator.ann_file=\(set.folder)/annotations/instances_val2017.json")
    }
    choices.append("model.roi_head.bbox_head.num_classes=\(set.classNames.count)")
    return "python tools/train.py configs/faster_rcnn/faster-rcnn_r50_fpn_1x_coco.py --cfg-options "
      + choices.map(LaidOutSet.quoted).joined(separator: " ")
  }

  /// `SPLIT/metadata.jsonl` among the pictures, as `datasets` reads a folder of images, for transformers'
  /// `examples/pytorch/object-detection`.
  static let huggingface = Layout("huggingface", .huggingface, for: "Hugging Face transformers") {
    set in
    """
    python run_object_detection.py --dataset_name \(set.path()) \
    --model_name_or_path facebook/detr-resnet-50 --ignore_mismatched_sizes --do_train --do_eval \
    --output_dir trained
    """
  }

  /// `VOCdevkit/VOC2012` as the challenge published it, its pixels counted from 1 (the development kit,
  /// section 4.1).
  static let voc = Layout("voc", .voc, for: "VOC's readers, torchvision's among them,") { options in
    options.root = "VOCdevkit/VOC2012"
    options.vocPixels = .oneBased
  } startLine: { set in
    set.python(
      running: "from torchvision.datasets import VOCDetection; "
        + "print(len(VOCDetection(\(set.python("")), '2012', 'train')), 'pictures')")
  }
}

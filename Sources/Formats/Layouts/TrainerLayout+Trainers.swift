extension TrainerLayout {
  /// The layout `images/SPLIT`, `labels/SPLIT` and `data.yaml`
  /// (docs.ultralytics.com/datasets/detect).
  static let ultralytics = TrainerLayout("ultralytics", .yolo, for: "Ultralytics") { set in
    let (task, model) =
      switch set.options.yoloRows {
      case .polygon: ("segment", "yolo11n-seg.pt")
      case .box: ("detect", "yolo11n.pt")
      case .oriented: ("obb", "yolo11n-obb.pt")
      }
    return "yolo \(task) train data=\(set.path("data.yaml")) model=\(model)"
  }

  /// The layout `SPLIT/_annotations.coco.json` among the images, as Roboflow exports COCO and
  /// RF-DETR reads it (`rfdetr/datasets/coco.py`).
  static let roboflow = TrainerLayout("roboflow", .coco, for: "RF-DETR") { options in
    options.cocoFiles = .roboflow
    options.runs = .lists
  } startLine: { set in
    let folder = set.python()
    return LaidOutSet.python(
      running: "from rfdetr import RFDETRNano; RFDETRNano().train(dataset_dir=\(folder), epochs=10)"
    )
  }

  /// The layout of COCO as it is published, with the outlines and run lengths that the references
  /// index (`references/detection/coco_utils.py` of pytorch/vision).
  static let torchvision = TrainerLayout(
    "torchvision", .coco, for: "torchvision's references/detection"
  ) {
    options in
    options.cocoFiles = .published
    options.outlines = .box
    options.runs = .lists
  } startLine: { set in
    "python train.py --data-path \(set.path()) --dataset coco --model fasterrcnn_resnet50_fpn"
  }

  /// The layout of COCO as it is published, to be registered (`detectron2/data/datasets/coco.py`).
  static let detectron2 = TrainerLayout("detectron2", .coco, for: "detectron2") { options in
    options.cocoFiles = .published
    options.runs = .lists
  } startLine: { set in
    let register = ["train", "val"].map { split in
      let file = set.python("annotations/instances_\(split)2017.json")
      return #"register("\#(split)", {}, \#(file), \#(set.python("\(split)2017")))"#
    }.joined(separator: "; ")
    return LaidOutSet.python(
      running: """
        from detectron2 import model_zoo; from detectron2.engine import DefaultTrainer; \
        from detectron2.data.datasets import register_coco_instances as register; \(register); \
        config = model_zoo.get_config("COCO-Detection/faster_rcnn_R_50_FPN_1x.yaml", True); \
        config.DATASETS.TRAIN, config.DATASETS.TEST = ("train",), ("val",); \
        config.MODEL.ROI_HEADS.NUM_CLASSES = \(set.classCount); \
        trainer = DefaultTrainer(config); trainer.resume_or_load(resume=False); trainer.train()
        """)
  }

  /// The layout of COCO as it is published, with a configuration that names the classes, since
  /// `CocoDataset` otherwise looks for COCO's own (`mmdet/datasets/coco.py`).
  static let mmdetection = TrainerLayout("mmdetection", .coco, for: "MMDetection") { options in
    options.cocoFiles = .published
    options.runs = .lists
  } furtherFiles: { classes in
    let names = classes.map { LaidOutSet.python($0) + "," }.joined(separator: " ")
    let text = """
      _base_ = 'mmdet::faster_rcnn/faster-rcnn_r50_fpn_1x_coco.py'
      data_root = '{{ fileDirname }}/'
      metainfo = dict(classes=(\(names)))
      train_dataloader = dict(dataset=dict(data_root=data_root, metainfo=metainfo))
      val_dataloader = dict(dataset=dict(data_root=data_root, metainfo=metainfo))
      test_dataloader = val_dataloader
      val_evaluator = dict(ann_file=data_root + 'annotations/instances_val2017.json')
      test_evaluator = val_evaluator
      model = dict(roi_head=dict(bbox_head=dict(num_classes=\(classes.count))))

      """
    return [ExportedFile(path: "mmdetection.py", contents: .bytes(Array(text.utf8)))]
  } startLine: { set in
    "python tools/train.py \(set.path("mmdetection.py"))"
  }

  /// The layout `SPLIT/metadata.jsonl` among the images, as `datasets` reads a folder of images,
  /// for transformers' `examples/pytorch/object-detection`.
  static let huggingface = TrainerLayout(
    "huggingface", .huggingface, for: "Hugging Face transformers"
  ) {
    set in
    """
    python run_object_detection.py --dataset_name \(set.path()) \
    --model_name_or_path facebook/detr-resnet-50 --ignore_mismatched_sizes --do_train --do_eval \
    --remove_unused_columns false --eval_do_concat_batches false --output_dir trained
    """
  }

  /// The layout `VOCdevkit/VOC2012` as the challenge published it, with pixels counted from 1 (the
  /// development kit, section 4.1).
  static let voc = TrainerLayout("voc", .voc, for: "VOC's readers, torchvision's among them,") {
    options in
    options.root = "VOCdevkit/VOC2012"
    options.vocPixels = .oneBased
  } furtherFiles: { classes in
    // Without it datumaro takes VOC's own classes and stops at any other.
    let lines = ["# label:color_rgb:parts:actions"] + classes.map { "\($0):::" }
    let text = lines.map { $0 + "\n" }.joined()
    return [
      ExportedFile(path: "VOCdevkit/VOC2012/labelmap.txt", contents: .bytes(Array(text.utf8)))
    ]
  } startLine: { set in
    LaidOutSet.python(
      running: "from torchvision.datasets import VOCDetection; "
        + #"print(len(VOCDetection(\#(set.python()), "2012", "train")), "images")"#)
  }
}

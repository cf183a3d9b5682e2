import COCO
import DetectionModels
import Engine
import Files
import Testing
import Torch

extension ModelRuns {
  @Suite("What a detector makes of a dataset before it trains")
  struct ModelReportTests {
    private static let size = InputSize(minSize: 96, maxSize: 160)

    private func report(_ samples: DetectionSamples, _ name: String) throws -> ModelReport {
      let choice = try DetectorChoice(named: name)
      let size = choice.inputSize().fixedSize == nil ? Self.size : choice.inputSize()
      let model = try choice.outline(numClasses: samples.labels.count, input: size)
      return ModelReport(samples, try #require(model as? any BackboneDetector))
    }

    /// Boxes of many sizes and places on pictures of three shapes.
    private func manyBoxes() throws -> DrawnSet {
      let set = try DrawnSet()
      for (index, shape) in [(60, 44), (44, 60), (100, 31)].enumerated() {
        set.addImage("p\(index).png", width: shape.0, height: shape.1)
        for step in 0..<12 {
          let (x, y) = (Double(step * 7 % 23), Double(step * 5 % 17))
          set.addAnnotation(
            step % 2 + 1,
            .at(x, y, x + Double(2 + step * 11 % 19) * 1.3, y + Double(2 + step * 3 % 11)))
        }
      }
      return set
    }

    @Test(
      arguments: [
        "fasterrcnn_mobilenet_v3_large_320_fpn", "retinanet_resnet50_fpn",
        "ssdlite320_mobilenet_v3_large",
      ])
    func `the best overlap of a box is that with the best of all anchors`(name: String) throws {
      let samples = try manyBoxes().samples
      let overlaps = try report(samples, name).anchors.overlaps
      #expect(overlaps.count == 36)
      let choice = try DetectorChoice(named: name)
      let size = choice.inputSize().fixedSize == nil ? Self.size : choice.inputSize()
      let model = try choice.outline(numClasses: 3, input: size)
      for (annotation, overlap) in overlaps {
        let record = samples.dataset.annotations[annotation]
        let image = samples.dataset.images[record.imageID - 1]
        let box = try #require(record.box)
        let scale = GeneralizedRCNNTransform(size.transform).resizedSize(
          SpatialSize(height: image.height, width: image.width), minSize: size.minSize)
        let (x, y) = (
          Float(scale.width) / Float(image.width), Float(scale.height) / Float(image.height)
        )
        func clamped(_ value: Double, _ limit: Int) -> Float { min(Float(value), Float(limit)) }
        let corners: [Float] = [
          clamped(box.x0, image.width) * x, clamped(box.y0, image.height) * y,
          clamped(box.x1, image.width) * x, clamped(box.y1, image.height) * y,
        ]
        let anchors = Tensor.concatenate(try Self.anchors(of: model, for: scale))
        let best = boxIoU(Tensor(corners, shape: [1, 4]), anchors).amax().item()
        #expect(abs(best - overlap) < 1e-5, "\(record.id): \(overlap), of all anchors \(best)")
      }
    }

    /// Every anchor of a picture, as the detector makes them.
    private static func anchors(of model: any Detector, for size: SpatialSize) throws -> [Tensor] {
      if let model = model as? FasterRCNN {
        let batch = model.transform.filled(size)
        let maps = withoutGradients {
          model.backbone.features(.zeros([1, 3, batch.height, batch.width]), .inference)
        }
        return model.rpn.anchorGenerator(imageSize: batch, maps: maps.map(\.map))
      }
      if let model = model as? RetinaNet {
        let batch = model.transform.filled(size)
        let maps = withoutGradients {
          model.backbone.features(.zeros([1, 3, batch.height, batch.width]), .inference)
        }
        return model.anchorGenerator(imageSize: batch, maps: maps.map(\.map))
      }
      let model = try #require(model as? SSD)
      let maps = withoutGradients {
        model.backbone.features(.zeros([1, 3, size.height, size.width]), .inference)
      }
      return model.defaultBoxes(imageSize: size, maps: maps)
    }

    @Test
    func `a box that no anchor reaches is found at its place, with anchors that reach it`() throws {
      let set = try DrawnSet()
      set.addImage("a.png", width: 96, height: 96)
      for place in 0..<6 {
        let corner = Double(place * 12)
        set.addAnnotation(1, .at(corner, corner, corner + 7, corner + 7))
      }
      set.addAnnotation(2, .at(20, 20, 62, 62))
      let anchors = try report(set.samples, "fasterrcnn_resnet50_fpn").anchors
      #expect(anchors.findings.map(\.rule) == Array(repeating: "no-matching-anchor", count: 6))
      #expect(anchors.findings.first?.origin == Origin(file: 0, offset: 1001))
      #expect(anchors.all.at50 == 1.0 / 7)
      #expect(anchors.byCategory.map(\.at50) == [0, 1])
      let fitted = try #require(anchors.fitted)
      #expect(fitted.recall.at50 == 1)
      #expect(fitted.sizes.count == 5)
    }

    @Test func `objects that overlap another of their category too far count as lost`() throws {
      let set = try DrawnSet()
      set.addImage("a.png", width: 96, height: 96)
      for (category, shift) in [(1, 0.0), (1, 8), (2, 4), (1, 60)] {
        set.addAnnotation(category, .at(shift, 10, shift + 32, 50))
      }
      let crowding = try report(set.samples, "fasterrcnn_resnet18_fpn").crowding
      let lost = crowding.losses.filter { $0.objects > 0 }
      #expect(lost.map(\.option) == ["nms_thresh", "rpn_nms_thresh"])
      #expect(lost.map(\.objects) == [1, 1])
      #expect(crowding.findings.map(\.rule) == ["suppressed-by-neighbour"])
    }

    @Test func `more objects than a detector finds on a picture are lost`() throws {
      let set = try DrawnSet()
      set.addImage("a.png", width: 96, height: 96)
      for index in 0..<105 {
        let (x, y) = (Double(index % 15) * 6, Double(index / 15) * 6)
        set.addAnnotation(1, .at(x, y, x + 5, y + 5))
      }
      let report = try report(set.samples, "fasterrcnn_resnet18_fpn")
      let lost = report.crowding.losses.filter { $0.objects > 0 }
      #expect(lost.map(\.option) == ["detections_per_img"])
      #expect(lost.map(\.objects) == [5])
      let pyramid = try #require(report.pyramid)
      #expect(pyramid.objects == [105, 0, 0, 0])
      #expect(pyramid.findings.map(\.rule) == ["pyramid-level-imbalance"])
    }

    @Test func `a detector that looks for centres has a place for an object or none`() throws {
      let set = try DrawnSet()
      set.addImage("a.png", width: 96, height: 96)
      set.addAnnotation(1, .at(20, 20, 52, 52))
      // Between the places of the finest map, which are 8 pixels apart.
      set.addAnnotation(1, .at(33, 33, 36, 36))
      let anchors = try report(set.samples, "fcos_resnet50_fpn").anchors
      #expect(!anchors.hasShapes)
      #expect(anchors.all.at50 == 0.5)
      #expect(anchors.findings.map { $0.origin?.offset } == [1002])
      #expect(anchors.fitted == nil)
    }
  }
}

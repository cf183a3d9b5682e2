import COCO
import Formats
import Testing

@Suite struct CategoryPolicyTests {
  /// Splits, each with categories of ids from 1 and one annotation for each name in `used`.
  private func imported(_ splits: [(names: [String], used: [String])]) -> Imported {
    var imported = Imported()
    for (index, split) in splits.enumerated() {
      var dataset = Dataset(split: "split\(index)")
      dataset.images = [Image(id: 1, fileName: "a.png", width: 32, height: 24)]
      dataset.categories = split.names.enumerated().map { Category(id: $0 + 1, name: $1) }
      for (position, name) in split.used.enumerated() {
        dataset.annotations.append(
          Annotation(
            id: position + 1, imageID: 1,
            categoryID: split.names.firstIndex(of: name).map { $0 + 1 },
            box: Box(x: 1, y: 2, width: 3, height: 4)))
      }
      imported.datasets.append(dataset)
      imported.read += RecordCounts(images: 1, annotations: split.used.count)
    }
    return imported
  }

  /// The names of each dataset's annotations.
  private func labels(_ imported: Imported) -> [[String?]] {
    imported.datasets.map { dataset in
      let names = Dictionary(uniqueKeysWithValues: dataset.categories.map { ($0.id, $0.name) })
      return dataset.annotations.map { $0.categoryID.flatMap { names[$0] } }
    }
  }

  @Test func `all splits get the same categories, sorted by name`() {
    var result = imported([(["palm"], ["palm"]), (["boat", "crab"], ["crab", "boat"])])
    CategoryPolicy().apply(to: &result, sortsByName: true)
    for dataset in result.datasets {
      #expect(dataset.classes == ["boat", "crab", "palm"])
      #expect(dataset.categories.map(\.id) == [1, 2, 3])
    }
    #expect(labels(result) == [["palm"], ["crab", "boat"]])
    #expect(result.rejections.isEmpty)
    #expect(result.changes.isEmpty)
  }

  @Test func `without wishes a format's own categories stay`() {
    let before = imported([(["palm", "boat"], ["palm"]), (["boat"], ["boat"])])
    var result = before
    CategoryPolicy().apply(to: &result, sortsByName: false)
    #expect(result.datasets == before.datasets)
  }

  @Test func `the user's names give order and ids`() {
    var result = imported([(["boat", "crab"], ["crab", "boat"])])
    var policy = CategoryPolicy()
    policy.names = ["palm", "crab", "boat"]
    policy.apply(to: &result, sortsByName: false)
    #expect(result.datasets[0].classes == ["palm", "crab", "boat"])
    #expect(result.datasets[0].categories.map(\.id) == [1, 2, 3])
    #expect(labels(result) == [["crab", "boat"]])
  }

  @Test func `annotations of classes that the user does not list are rejected`() {
    var result = imported([(["boat", "crab"], ["crab", "boat", "crab"])])
    var policy = CategoryPolicy()
    policy.names = ["boat"]
    policy.apply(to: &result, sortsByName: false)
    #expect(labels(result) == [["boat"]])
    #expect(result.rejections.map(\.kind) == [.annotation, .annotation])
    #expect(result.allRules == ["unknown-category", "unknown-category"])
    #expect(result.rejections[0].finding.message.contains("\"crab\""))
    #expect(result.rejections[0].record.contains("\"category\":\"crab\""))
    #expect(result.isAccountedFor)
  }

  @Test func `classes are renamed and merged`() {
    var result = imported([(["boat", "car", "lorry", "raft"], ["lorry", "car", "raft"])])
    var policy = CategoryPolicy()
    policy.renames = ["car": "vehicle", "lorry": "vehicle"]
    policy.apply(to: &result, sortsByName: true)
    #expect(result.datasets[0].classes == ["boat", "vehicle", "raft"])
    #expect(result.datasets[0].categories.map(\.id) == [1, 2, 3])
    #expect(labels(result) == [["vehicle", "vehicle", "raft"]])
    #expect(result.changes == ["class renamed": RecordCounts(annotations: 2)])
    #expect(result.datasets[0].annotations.map(\.isChanged) == [true, true, false])
  }

  @Test func `renamed classes are looked up in the user's names`() {
    var result = imported([(["car", "boat"], ["car", "boat"])])
    var policy = CategoryPolicy()
    policy.renames = ["car": "vehicle"]
    policy.names = ["vehicle"]
    policy.apply(to: &result, sortsByName: false)
    #expect(labels(result) == [["vehicle"]])
    #expect(result.rejections.count == 1)
  }

  @Test(arguments: [true, false])
  func `unused categories are dropped in all splits alike`(sortsByName: Bool) {
    var result = imported([(["a", "b", "c"], ["c"]), (["a", "b", "c"], ["a"])])
    var policy = CategoryPolicy()
    policy.dropsUnused = true
    policy.apply(to: &result, sortsByName: sortsByName)
    for dataset in result.datasets {
      #expect(dataset.classes == ["a", "c"])
      #expect(dataset.categories.map(\.id) == (sortsByName ? [1, 2] : [1, 3]))
    }
    #expect(labels(result) == [["c"], ["a"]])
  }

  @Test func `ids have no gaps where unused names of the user's are dropped`() {
    var result = imported([(["boat", "crab"], ["crab"])])
    var policy = CategoryPolicy()
    policy.names = ["boat", "palm", "crab"]
    policy.dropsUnused = true
    policy.apply(to: &result, sortsByName: false)
    #expect(result.datasets[0].classes == ["crab"])
    #expect(result.datasets[0].categories.map(\.id) == [1])
  }

  @Test func `categories keep what else is said of them`() {
    var result = imported([(["person", "boat"], ["person"])])
    result.datasets[0].categories[0].supercategory = "animal"
    result.datasets[0].categories[0].extra = ["keypoints": ["nose"]]
    var policy = CategoryPolicy()
    policy.names = ["boat", "person"]
    policy.apply(to: &result, sortsByName: false)
    #expect(result.datasets[0].categories[1].id == 2)
    #expect(result.datasets[0].categories[1].supercategory == "animal")
    #expect(result.datasets[0].categories[1].extra == ["keypoints": ["nose"]])
  }

  @Test func `of categories that share an id the first counts`() {
    var result = imported([(["crab", "boat"], ["crab"])])
    result.datasets[0].categories[1].id = 1
    var policy = CategoryPolicy()
    policy.names = ["boat", "crab"]
    policy.apply(to: &result, sortsByName: false)
    #expect(labels(result) == [["crab"]])
  }

  @Test func `captions have no category to lose`() {
    var result = imported([(["crab"], [])])
    result.datasets[0].annotations = [Annotation(id: 1, imageID: 1, categoryID: nil)]
    var policy = CategoryPolicy()
    policy.names = ["boat"]
    policy.apply(to: &result, sortsByName: false)
    #expect(result.datasets[0].annotations.count == 1)
    #expect(result.rejections.isEmpty)
  }
}
